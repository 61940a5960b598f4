-- Rows that are not in their day. Those of a day of which no roll-up is noted are never served.
SELECT p.event_hour, count(*) AS rows
FROM ${rollup_day_table} AS p
WHERE p.event_hour >= :from AND p.event_hour < :to AND p.bucket <> p.event_hour
GROUP BY p.event_hour
ORDER BY p.event_hour
