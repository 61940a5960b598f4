-- Which of these archive files was given up and is deleted, or about to be?
SELECT path
FROM weir.file_to_delete
WHERE path = ANY (?::text[])
ORDER BY path
LIMIT 1
