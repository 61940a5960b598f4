-- Enters a commit into the ledger.
INSERT INTO weir.ledger (commit, uuid, parent, attempt, job_id, checkpoint)
VALUES (?, ?, ?, 1, 'benchmark', ?)
