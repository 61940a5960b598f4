-- Lets go of the arrivals files with events of these hours, if all event hours of the file are sealed and served with its
-- commit absorbed by every cube that covers them. A file whose commit the cubes have yet to absorb waits for that.
WITH candidate AS (
  SELECT DISTINCT f.file_id, f.path, f.commit
  FROM unnest(?::timestamptz[]) AS h (event_hour)
  JOIN weir.archive_manifest m USING (event_hour)
  JOIN weir.archive_file f USING (file_id)
  WHERE f.kind = 'arrivals' AND f.deleted_at IS NULL
), gone AS (
  SELECT c.file_id, c.path
  FROM candidate c
  WHERE NOT EXISTS (
    SELECT
    FROM weir.archive_manifest m
    WHERE m.file_id = c.file_id AND (
      NOT EXISTS (SELECT FROM weir.sealed_hour s WHERE s.event_hour = m.event_hour)
      OR EXISTS (
        SELECT
        FROM weir.coverage v
        JOIN weir.cube k USING (cube, definition_hash)
        WHERE k.current AND v.event_hour = m.event_hour AND v.absorbed_through < c.commit))
  )
), deleted AS (
  UPDATE weir.archive_file f SET deleted_at = clock_timestamp() FROM gone g WHERE f.file_id = g.file_id
)
INSERT INTO weir.file_to_delete (path)
SELECT path FROM gone
ON CONFLICT DO NOTHING
