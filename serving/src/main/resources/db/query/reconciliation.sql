SELECT
  version, kind, state, started_at, finished_at, from_hour, to_hour, through_commit, hours, rows_read, duplicates,
  agrees, keys_compared, compared, checks, disagreements, message
FROM serving.reconciliation
ORDER BY version DESC
LIMIT :limit
