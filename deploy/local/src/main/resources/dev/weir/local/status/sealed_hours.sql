SELECT reason, count(*) AS hours, to_char(max(event_hour) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') AS newest
FROM serving.sealed_hours
GROUP BY reason
ORDER BY reason
