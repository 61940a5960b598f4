-- Lets go of the arrivals files all of whose event hours are sealed and served with its commit absorbed by every cube that
-- covers them. A file whose commit the cubes have yet to absorb waits for that, and one that lacks lines of the manifest
-- for their repair: they may be of other hours. Found by the sealed hours that may still have any.
WITH candidate AS MATERIALIZED (
  SELECT f.file_id, f.path, f.row_count
  FROM (
    SELECT DISTINCT m.file_id
    FROM weir.sealed_hour s
    JOIN weir.archive_manifest m USING (event_hour)
    WHERE s.arrivals_kept
  ) AS touched
  JOIN weir.archive_file f USING (file_id)
  WHERE f.kind = 'arrivals' AND f.deleted_at IS NULL
    AND NOT EXISTS (
      SELECT
      FROM weir.archive_manifest m
      WHERE m.file_id = f.file_id
        AND NOT EXISTS (SELECT FROM weir.sealed_hour s WHERE s.event_hour = m.event_hour))
    AND NOT EXISTS (
      SELECT
      FROM weir.archive_manifest m
      JOIN weir.coverage v USING (event_hour)
      JOIN weir.cube k USING (cube, definition_hash)
      WHERE m.file_id = f.file_id AND k.current AND v.absorbed_through < f.commit)
), gone AS (
  SELECT c.file_id, c.path
  FROM candidate c
  WHERE c.row_count = (SELECT sum(m.row_count) FROM weir.archive_manifest m WHERE m.file_id = c.file_id)
), deleted AS (
  UPDATE weir.archive_file f SET deleted_at = clock_timestamp() FROM gone g WHERE f.file_id = g.file_id
)
INSERT INTO weir.file_to_delete (path)
SELECT path FROM gone
ON CONFLICT DO NOTHING
