-- Removes a ledger row that is not of the log: the journal has no such commit, and it comes after the head or carries
-- the uuid of another.
DELETE FROM weir.ledger AS l
WHERE l.commit = ? AND NOT EXISTS (SELECT FROM weir.journal j WHERE j.commit = l.commit) AND (
  l.commit > (SELECT h.commit FROM weir.head h)
  OR EXISTS (SELECT FROM weir.journal j WHERE j.entry -> 'ledger' ->> 'uuid' = l.uuid::text))
