SELECT version, state, started_at, finished_at, through_commit, hours, rows_read, duplicates, agrees, keys_compared, checks, disagreements, message
FROM serving.reconciliation
ORDER BY version DESC
LIMIT :limit
