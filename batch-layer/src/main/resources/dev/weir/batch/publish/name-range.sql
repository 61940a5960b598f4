-- Notes the range of event hours that a run was given.
UPDATE weir.batch_run
SET from_hour = ?, to_hour = ?
WHERE version = ?
