-- Makes a due time of a report a run, once; not one of the schedule's from before the report was known.
INSERT INTO weir.report_run (report, due_at, asked, range_from, range_to, next_attempt_at, updated_at)
SELECT :report, :due, :asked, :from, :to, :now, :now
WHERE
  (:asked OR EXISTS (SELECT FROM weir.report WHERE name = :report AND known_since <= :due))
  AND NOT EXISTS (SELECT FROM weir.report_run WHERE report = :report AND due_at = :due)
ON CONFLICT (report, due_at) DO NOTHING
