-- All records of a commit were counted.
INSERT INTO weir.ledger_source (commit, source, records_in, counted, duplicate, dead_lettered, filtered)
VALUES (?, ?, ?, ?, 0, 0, 0)
