-- The files of one kind that the manifest lists and that are still needed.
SELECT file_id, path, row_count
FROM weir.archive_file
WHERE kind = ? AND deleted_at IS NULL AND file_id > ?
ORDER BY file_id
