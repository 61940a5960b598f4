-- Brings back the rows of a commit in weir.ledger_offset that the journal has.
INSERT INTO weir.ledger_offset (commit, source, topic, partition, next_offset)
SELECT j.commit, r.*
FROM weir.journal j
CROSS JOIN jsonb_to_recordset(j.entry -> 'offsets') AS r (source text, topic text, partition int, next_offset bigint)
WHERE j.commit = ?
ON CONFLICT DO NOTHING
