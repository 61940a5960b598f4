-- Which event hours of a range are not covered as the newest retained version says, or has that not absorbed what its run did?
SELECT
  cube, event_hour, coalesce(c.version, 0), coalesce(c.absorbed_through, 0),
  coalesce(h.version, 0), coalesce(h.absorbed_through, 0), coalesce(r.through_commit, h.absorbed_through, 0)
FROM weir.coverage c
FULL JOIN (
  SELECT DISTINCT ON (cube, definition_hash, event_hour) cube, definition_hash, event_hour, version, absorbed_through
  FROM weir.coverage_history
  ORDER BY cube, definition_hash, event_hour, version DESC
) AS h USING (cube, definition_hash, event_hour)
LEFT JOIN weir.batch_run r ON r.version = h.version AND r.kind IN ('run', 'repair')
WHERE event_hour >= ? AND event_hour < ?
  AND ((c.version, c.absorbed_through) IS DISTINCT FROM (h.version, h.absorbed_through)
    OR h.absorbed_through <> r.through_commit)
ORDER BY event_hour, cube
