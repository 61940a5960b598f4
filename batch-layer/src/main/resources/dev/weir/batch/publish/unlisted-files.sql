-- Which files did a version announce and not complete?
SELECT f.file_id, f.path
FROM weir.archive_file f
WHERE f.version = ? AND NOT EXISTS (SELECT FROM weir.archive_manifest m WHERE m.file_id = f.file_id)
ORDER BY f.path
