-- The last run of the batch layer.
SELECT state, extract(epoch FROM finished_at - started_at), hours, rows_read, duplicates, message
FROM weir.batch_run
ORDER BY version DESC
LIMIT 1
