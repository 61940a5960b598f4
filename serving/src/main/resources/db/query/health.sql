SELECT commit, extract(epoch FROM clock_timestamp() - committed_at) AS age_seconds
FROM weir.head
LEFT JOIN weir.ledger USING (commit)
