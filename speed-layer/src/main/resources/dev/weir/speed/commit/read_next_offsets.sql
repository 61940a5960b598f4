-- From where each partition goes on, after everything committed.
SELECT DISTINCT ON (source, topic, partition) source, topic, partition, next_offset
FROM weir.ledger_offset
ORDER BY source, topic, partition, commit DESC
