-- Serves the newest retained version that has absorbed no later commit, and has the next run look from there on. Not one that
-- lacks commits from before the cube was declared: they left no speed rows of it that could complete the version.
WITH n AS (
  SELECT ?::bigint AS commit
), retained AS (
  SELECT DISTINCT ON (h.cube, h.definition_hash, h.event_hour) h.*
  FROM n
  CROSS JOIN weir.coverage_history h
  JOIN weir.cube k USING (cube, definition_hash)
  WHERE h.absorbed_through <= n.commit
    AND NOT EXISTS (
      SELECT
      FROM weir.archive_manifest m
      JOIN weir.archive_file f USING (file_id)
      WHERE m.event_hour = h.event_hour AND f.kind = 'arrivals'
        AND f.commit > h.absorbed_through AND f.commit <= least(k.since_commit, n.commit))
  ORDER BY h.cube, h.definition_hash, h.event_hour, h.version DESC
), served AS (
  UPDATE weir.coverage c
  SET version = r.version, absorbed_through = r.absorbed_through, published_at = clock_timestamp()
  FROM retained r, n
  WHERE c.cube = r.cube AND c.definition_hash = r.definition_hash AND c.event_hour = r.event_hour
    AND c.absorbed_through > n.commit
  RETURNING c.cube, c.definition_hash, c.absorbed_through
)
UPDATE weir.cube k
SET absorbed_through = least(k.absorbed_through, s.lowest)
FROM (SELECT cube, definition_hash, min(absorbed_through) AS lowest FROM served GROUP BY 1, 2) AS s
WHERE k.cube = s.cube AND k.definition_hash = s.definition_hash
