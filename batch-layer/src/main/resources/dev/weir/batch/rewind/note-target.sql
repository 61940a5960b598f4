-- Notes which commit a run went back to.
UPDATE weir.batch_run
SET through_commit = ?
WHERE version = ?
