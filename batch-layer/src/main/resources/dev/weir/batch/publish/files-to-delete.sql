-- Which files does nothing need any more?
SELECT d.path
FROM weir.file_to_delete d
WHERE NOT EXISTS (SELECT FROM weir.archive_file f WHERE f.path = d.path AND f.deleted_at IS NULL)
ORDER BY d.path
