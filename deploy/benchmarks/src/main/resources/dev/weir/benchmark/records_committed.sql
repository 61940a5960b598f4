-- How many records all commits account for.
SELECT coalesce(sum(records_in), 0) FROM weir.ledger_source
