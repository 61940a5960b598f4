-- Keeps a second copy of what the ledger and the manifest say of a commit.
INSERT INTO weir.journal (commit, entry)
SELECT given.commit, weir.journal_entry(given.commit)
FROM (SELECT ?::bigint AS commit) AS given
