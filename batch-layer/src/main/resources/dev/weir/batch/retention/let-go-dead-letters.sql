-- Lets go of the dead letters that were listed up to a time.
WITH gone AS (
  UPDATE weir.archive_file
  SET deleted_at = clock_timestamp()
  WHERE kind = 'dead-letters' AND deleted_at IS NULL AND listed_at <= ?
  RETURNING path
)
INSERT INTO weir.file_to_delete (path)
SELECT path FROM gone
ON CONFLICT DO NOTHING
