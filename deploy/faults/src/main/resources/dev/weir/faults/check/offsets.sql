-- From where each partition goes on.
SELECT topic, partition, max(next_offset) AS next_offset
FROM weir.ledger_offset
GROUP BY topic, partition
