-- Which event hours of a cube have only versions of runs before this one, and what has each of these absorbed?
SELECT
  c.event_hour, c.cube, c.definition_hash, least(c.absorbed_through, min(h.absorbed_through)) AS absorbed_through
FROM weir.coverage c
JOIN weir.coverage_history h USING (cube, definition_hash, event_hour)
WHERE c.cube = ? AND c.definition_hash = ?
GROUP BY c.event_hour, c.cube, c.definition_hash, c.absorbed_through
HAVING max(h.version) < ?
