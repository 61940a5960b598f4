-- Which compactions are not of what their run absorbed?
SELECT c.event_hour, c.version, c.absorbed_through, r.through_commit
FROM weir.compacted_hour c
JOIN weir.batch_run r ON r.version = c.version AND r.kind IN ('run', 'repair')
WHERE c.event_hour >= ? AND c.event_hour < ? AND c.absorbed_through <> r.through_commit
ORDER BY c.event_hour
