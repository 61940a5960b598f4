-- How far a commit advanced a partition.
INSERT INTO weir.ledger_offset (commit, source, topic, partition, next_offset)
VALUES (?, ?, ?, ?, ?)
