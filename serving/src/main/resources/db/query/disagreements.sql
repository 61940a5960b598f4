SELECT version, checked_at, event_hour, check_name, subject, compared, detail
FROM serving.reconciliation_check
WHERE NOT agrees
ORDER BY version DESC, checked_at DESC
LIMIT :limit
