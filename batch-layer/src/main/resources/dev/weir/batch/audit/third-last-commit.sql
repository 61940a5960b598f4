-- When was the third last commit made? Files younger than it may belong to an epoch not yet committed.
SELECT committed_at
FROM weir.ledger
ORDER BY commit DESC
OFFSET 2
LIMIT 1
