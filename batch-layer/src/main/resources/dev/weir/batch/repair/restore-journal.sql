-- Writes the journal entry of a commit again from ledger and manifest.
INSERT INTO weir.journal (commit, entry)
SELECT l.commit, weir.journal_entry(l.commit)
FROM weir.ledger l
WHERE l.commit = ?
ON CONFLICT DO NOTHING
