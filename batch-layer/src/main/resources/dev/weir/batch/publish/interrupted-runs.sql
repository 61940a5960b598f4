-- Which runs neither published nor failed? Asked under the lock of the one run that may be running.
SELECT version, started_at
FROM weir.batch_run
WHERE state = 'running'
ORDER BY version
