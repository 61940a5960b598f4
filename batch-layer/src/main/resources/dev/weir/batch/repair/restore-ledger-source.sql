-- Brings back the rows of a commit in weir.ledger_source that the journal has.
INSERT INTO weir.ledger_source (commit, source, records_in, counted, duplicate, dead_lettered, filtered)
SELECT j.commit, r.*
FROM weir.journal j
CROSS JOIN jsonb_to_recordset(j.entry -> 'sources') AS r (source text, records_in bigint, counted bigint, duplicate bigint, dead_lettered bigint, filtered bigint)
WHERE j.commit = ?
ON CONFLICT DO NOTHING
