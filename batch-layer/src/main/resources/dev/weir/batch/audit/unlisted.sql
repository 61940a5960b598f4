-- Which of these paths does nothing list? Files that are about to be deleted are known.
SELECT p.path
FROM unnest(?::text[]) AS p (path)
WHERE NOT EXISTS (SELECT FROM weir.archive_file f WHERE f.path = p.path AND f.deleted_at IS NULL)
  AND NOT EXISTS (SELECT FROM weir.file_to_delete d WHERE d.path = p.path)
ORDER BY p.path
