-- Runs whose process ended while it worked on them: that is a failure, and they are made again, at once the first time;
-- unless a mail server may have the message already.
UPDATE weir.report_run
SET
  state = CASE WHEN state = 'sending' THEN 'unknown' WHEN failures >= :retries THEN 'given_up' ELSE 'failed' END,
  failures = failures + (state = 'running')::int,
  next_attempt_at = CASE
    WHEN state = 'running' AND failures < :retries
    THEN :now::timestamptz + make_interval(secs => (:pauses::int[])[least(failures + 1, cardinality(:pauses::int[]))])
  END,
  message = CASE state
    WHEN 'sending' THEN 'the process ended before the mail server answered; ask who should have it, and run the report again if they do not'
    ELSE 'the process that made it ended before it was done'
  END,
  updated_at = :now
WHERE
  id IN (SELECT id FROM weir.report_run WHERE state IN ('running', 'sending') FOR UPDATE SKIP LOCKED)
  AND state IN ('running', 'sending')
  AND pg_try_advisory_xact_lock(hashtext('weir.report_run'), id::int)
