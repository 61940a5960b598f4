SELECT version, state, hours, rows_read, keys_compared, disagreements, message
FROM serving.reconciliation
WHERE finished_at IS NOT NULL
ORDER BY version DESC
LIMIT 1
