-- A repair absorbs up to the head as it is once the log is restored.
UPDATE weir.batch_run r
SET through_commit = h.commit
FROM weir.head h
WHERE r.version = ?
RETURNING h.commit
