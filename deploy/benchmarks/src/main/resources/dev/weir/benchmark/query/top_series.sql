SELECT event_type, user_segment, route, sum(event_count) AS events
FROM serving.routes_hour
WHERE bucket >= now() - interval '24 hours'
GROUP BY event_type, user_segment, route
ORDER BY events DESC
LIMIT 10
