-- Takes the files of later commits out of the manifest.
WITH gone AS (
  DELETE FROM weir.archive_file
  WHERE commit > ?
  RETURNING path
)
INSERT INTO weir.file_to_delete (path)
SELECT path FROM gone
ON CONFLICT DO NOTHING
