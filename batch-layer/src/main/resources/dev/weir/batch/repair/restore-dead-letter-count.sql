-- Brings back the rows of a commit in weir.dead_letter_count that the journal has.
INSERT INTO weir.dead_letter_count (commit, source, reason, records)
SELECT j.commit, r.*
FROM weir.journal j
CROSS JOIN jsonb_to_recordset(j.entry -> 'dead_letters') AS r (source text, reason text, records bigint)
WHERE j.commit = ?
ON CONFLICT DO NOTHING
