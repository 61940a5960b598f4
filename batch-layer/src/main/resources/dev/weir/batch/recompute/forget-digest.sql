-- Forgets the digest of rows that are written anew.
DELETE FROM weir.row_digest
WHERE event_hour = ? AND cube = ? AND definition_hash = ? AND layer = ? AND tag = ?
