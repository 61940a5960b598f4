-- Makes a job the owner under a new attempt.
UPDATE weir.head
SET attempt = attempt + 1,
    job_id = ?,
    live_base = ?,
    claimed_at = clock_timestamp(),
    seen_at = clock_timestamp()
RETURNING attempt
