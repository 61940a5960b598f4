-- Makes the coverage of an event hour what the newest retained version says, and that what its run absorbed. A version
-- that is served and has rows, but is not remembered, is remembered again.
WITH remembered AS (
  INSERT INTO weir.coverage_history (cube, definition_hash, event_hour, version, absorbed_through)
  SELECT c.cube, c.definition_hash, c.event_hour, c.version, coalesce(r.through_commit, c.absorbed_through)
  FROM weir.coverage c
  LEFT JOIN weir.batch_run r ON r.version = c.version AND r.kind IN ('run', 'repair')
  WHERE c.event_hour = ?
    AND NOT EXISTS (
      SELECT FROM weir.coverage_history h
      WHERE (h.cube, h.definition_hash, h.event_hour) = (c.cube, c.definition_hash, c.event_hour) AND h.version >= c.version)
    AND EXISTS (
      SELECT FROM weir.row_digest d
      WHERE (d.cube, d.definition_hash, d.event_hour) = (c.cube, c.definition_hash, c.event_hour)
        AND d.layer = 'hour' AND d.tag = c.version)
  RETURNING cube, definition_hash, event_hour, version, absorbed_through
), corrected AS (
  UPDATE weir.coverage_history h
  SET absorbed_through = r.through_commit
  FROM weir.batch_run r
  WHERE h.event_hour = ? AND r.version = h.version AND r.kind IN ('run', 'repair')
    AND h.absorbed_through <> r.through_commit
  RETURNING h.cube, h.definition_hash, h.event_hour, h.version, h.absorbed_through
), known AS (
  SELECT cube, definition_hash, event_hour, version, absorbed_through FROM remembered
  UNION ALL
  SELECT cube, definition_hash, event_hour, version, absorbed_through FROM corrected
  UNION ALL
  SELECT h.cube, h.definition_hash, h.event_hour, h.version, h.absorbed_through
  FROM weir.coverage_history h
  WHERE h.event_hour = ? AND NOT EXISTS (
    SELECT FROM corrected c
    WHERE (c.cube, c.definition_hash, c.version) = (h.cube, h.definition_hash, h.version))
)
INSERT INTO weir.coverage AS c (cube, definition_hash, event_hour, version, absorbed_through)
SELECT DISTINCT ON (cube, definition_hash) cube, definition_hash, event_hour, version, absorbed_through
FROM known
ORDER BY cube, definition_hash, version DESC
ON CONFLICT (cube, definition_hash, event_hour) DO UPDATE
  SET version = excluded.version, absorbed_through = excluded.absorbed_through
  WHERE (c.version, c.absorbed_through) IS DISTINCT FROM (excluded.version, excluded.absorbed_through)
