-- Lets go of the files that a version announced and did not complete.
WITH gone AS (
  DELETE FROM weir.archive_file f
  WHERE f.version = ? AND f.deleted_at IS NULL
    AND NOT EXISTS (SELECT FROM weir.archive_manifest m WHERE m.file_id = f.file_id)
  RETURNING f.path
)
INSERT INTO weir.file_to_delete (path)
SELECT path FROM gone
ON CONFLICT DO NOTHING
