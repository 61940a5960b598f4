-- Which commits and sources have not as many dead letters by reason as in all?
SELECT commit, source, coalesce(s.dead_lettered, 0), coalesce(d.records, 0)
FROM (SELECT commit, source, dead_lettered FROM weir.ledger_source WHERE dead_lettered > 0) AS s
FULL JOIN (
  SELECT commit, source, sum(records) AS records
  FROM weir.dead_letter_count
  GROUP BY commit, source
) AS d USING (commit, source)
WHERE coalesce(s.dead_lettered, 0) <> coalesce(d.records, 0)
ORDER BY commit, source
