-- Forgets the digests of rows that are deleted.
DELETE FROM weir.row_digest
WHERE cube = ? AND definition_hash = ? AND layer = ? AND tag = ? AND event_hour = ANY (?)
