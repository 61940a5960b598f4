-- Lets go of damaged files that nothing can bring back: dead letters, and compacted files that are not in use.
WITH lost AS (
  SELECT f.file_id, f.path
  FROM weir.archive_file f
  WHERE f.file_id = ANY (?) AND f.deleted_at IS NULL AND (
    f.kind = 'dead-letters'
    OR (f.kind = 'hours' AND NOT EXISTS (
      SELECT
      FROM weir.archive_manifest m
      JOIN weir.compacted_hour z ON z.event_hour = m.event_hour AND z.version = f.version
      WHERE m.file_id = f.file_id)))
), unlisted AS (
  DELETE FROM weir.archive_manifest m USING lost l WHERE m.file_id = l.file_id
), deleted AS (
  UPDATE weir.archive_file f SET deleted_at = clock_timestamp() FROM lost l WHERE f.file_id = l.file_id
)
INSERT INTO weir.file_to_delete (path)
SELECT path FROM lost
ON CONFLICT DO NOTHING
RETURNING path
