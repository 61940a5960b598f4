-- How many events of each source did the commits of a range count?
SELECT source, sum(counted)::bigint
FROM weir.ledger_source
WHERE commit > ? AND commit <= ?
GROUP BY source
ORDER BY source
