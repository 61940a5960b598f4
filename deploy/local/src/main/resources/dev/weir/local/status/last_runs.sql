-- The last run that has ended, and the last verify or repair.
SELECT DISTINCT ON (audit)
  kind IN ('verify', 'repair') AS audit,
  version, kind, state, hours, rows_read, keys_compared, compared, disagreements, message
FROM serving.reconciliation
WHERE finished_at IS NOT NULL
ORDER BY audit, version DESC
