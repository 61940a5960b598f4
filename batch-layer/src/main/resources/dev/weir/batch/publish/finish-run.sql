-- Ends a run; one that has ended stays as it ended.
UPDATE weir.batch_run
SET state = ?, finished_at = clock_timestamp(), hours = ?, rows_read = ?, duplicates = ?, message = ?
WHERE version = ? AND state = 'running'
