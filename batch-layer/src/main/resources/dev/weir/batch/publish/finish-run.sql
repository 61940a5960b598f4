-- Ends a run.
UPDATE weir.batch_run
SET state = ?, finished_at = clock_timestamp(), hours = ?, rows_read = ?, duplicates = ?, message = ?
WHERE version = ?
