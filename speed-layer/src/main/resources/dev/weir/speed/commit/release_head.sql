-- Gives the claim back, if it is still held.
UPDATE weir.head
SET job_id = NULL
WHERE attempt = ? AND job_id = ?
