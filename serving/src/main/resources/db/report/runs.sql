-- The last runs of each report.
SELECT id, report, due_at, asked, range_from, range_to, state, attempts, failures, next_attempt_at, delivered_to, files, message, updated_at
FROM unnest(:reports::text[]) AS of(name)
CROSS JOIN LATERAL (
  SELECT *
  FROM weir.report_run
  WHERE report = of.name
  ORDER BY due_at DESC
  LIMIT :limit
) AS run
ORDER BY report, due_at DESC
