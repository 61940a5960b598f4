-- Removes later commits from the ledger, with their counters, offsets and dead letters, and from the journal.
WITH removed AS (
  DELETE FROM weir.ledger
  WHERE commit > ?
  RETURNING commit
), journal AS (
  DELETE FROM weir.journal
  WHERE commit > ?
)
SELECT count(*)
FROM removed
