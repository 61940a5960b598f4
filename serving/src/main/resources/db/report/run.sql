-- The run of one due time.
SELECT id, report, due_at, asked, range_from, range_to, state, attempts, failures, next_attempt_at, delivered_to, files, message, updated_at
FROM weir.report_run
WHERE report = :report AND due_at = :due
