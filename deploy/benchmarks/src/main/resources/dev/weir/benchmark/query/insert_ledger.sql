-- Enters a commit into the ledger.
INSERT INTO weir.ledger (commit, uuid, parent, attempt, job_id, checkpoint, min_event_time, max_event_time)
VALUES (?, ?, gen_random_uuid(), 1, 'benchmark', ?, ?, ?)
