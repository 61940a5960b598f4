-- How many probes of each partition the merged view counts.
SELECT event_type, sum(event_count)
FROM ${view}
WHERE event_type = ANY (?) AND bucket >= ?
GROUP BY event_type
