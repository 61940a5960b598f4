SELECT version, kind, checked_at, event_hour, check_name, subject, compared, detail
FROM serving.disagreements
ORDER BY version DESC, event_hour, checked_at
LIMIT :limit
