-- What became of a source's records in a commit.
INSERT INTO weir.ledger_source (commit, source, records_in, counted, duplicate, dead_lettered, filtered)
VALUES (?, ?, ?, ?, ?, ?, ?)
