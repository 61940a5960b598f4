-- What did not agree in the batch layer's own comparisons?
SELECT version, check_name, subject, coalesce(detail, '') AS detail
FROM weir.reconciliation
WHERE NOT agrees
ORDER BY version
LIMIT 3
