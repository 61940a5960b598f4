-- What became of all records.
SELECT sum(records_in), sum(counted), sum(duplicate), sum(dead_lettered), sum(filtered) FROM weir.ledger_source
