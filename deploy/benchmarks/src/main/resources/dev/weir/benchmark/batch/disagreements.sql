-- What the batch layer found to differ, and how much it compared.
SELECT count(*) FILTER (WHERE NOT agrees), count(*), coalesce(sum(compared) FILTER (WHERE check_name = 'speed-equals-archive'), 0)
FROM weir.reconciliation
