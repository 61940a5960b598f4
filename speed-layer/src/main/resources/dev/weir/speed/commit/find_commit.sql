-- Which commit a committable became: commit number, checkpoint and job; no row if it was never committed.
SELECT commit, checkpoint, job_id
FROM weir.ledger
WHERE uuid = ?
