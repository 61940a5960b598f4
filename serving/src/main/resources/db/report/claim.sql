-- Claims the oldest run that is to be attempted now; others that claim at the same time get the next one.
UPDATE weir.report_run AS run
SET state = 'running', attempts = attempts + 1, next_attempt_at = NULL, updated_at = :now
WHERE id = (
  SELECT id
  FROM weir.report_run
  WHERE next_attempt_at <= :now AND report = ANY (:reports)
  ORDER BY next_attempt_at, id
  LIMIT 1
  FOR UPDATE SKIP LOCKED
)
RETURNING id, report, due_at, asked, range_from, range_to, state, attempts, failures, next_attempt_at, delivered_to, files, message, updated_at
