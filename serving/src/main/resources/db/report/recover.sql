-- Runs whose process ended while it worked on them: to be made again, unless a mail server may have the message already.
UPDATE weir.report_run
SET
  state = CASE state WHEN 'sending' THEN 'unknown' ELSE 'due' END,
  next_attempt_at = CASE state WHEN 'sending' THEN NULL ELSE :now::timestamptz END,
  message = CASE state
    WHEN 'sending' THEN 'the process ended before the mail server answered; ask who should have it, and run the report again if they do not'
    ELSE 'the process that made it ended; it is made again'
  END,
  updated_at = :now
WHERE
  id IN (SELECT id FROM weir.report_run WHERE state IN ('running', 'sending') FOR UPDATE SKIP LOCKED)
  AND state IN ('running', 'sending')
  AND pg_try_advisory_xact_lock(hashtext('weir.report_run'), id::int)
