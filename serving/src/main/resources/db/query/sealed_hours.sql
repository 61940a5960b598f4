SELECT event_hour, reason, detail, sealed_at
FROM serving.sealed_hours
ORDER BY event_hour DESC
LIMIT :limit
