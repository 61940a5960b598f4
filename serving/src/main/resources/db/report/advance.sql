-- Changes a claimed run; no row if the claim was lost.
UPDATE weir.report_run
SET
  state = :state,
  failures = :failures,
  next_attempt_at = :next,
  delivered_to = :delivered,
  files = :files,
  message = :message,
  updated_at = :now
WHERE id = :id AND attempts = :attempts AND state IN ('running', 'sending')
