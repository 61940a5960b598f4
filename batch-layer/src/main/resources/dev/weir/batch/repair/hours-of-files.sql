-- Which event hours do these files hold?
SELECT DISTINCT event_hour
FROM weir.archive_manifest
WHERE file_id = ANY (?)
ORDER BY event_hour
