CREATE OR REPLACE VIEW serving.conservation AS
SELECT
  source,
  sum(records_in)::bigint AS records_in,
  sum(counted)::bigint AS counted,
  sum(duplicate)::bigint AS duplicate,
  sum(dead_lettered)::bigint AS dead_lettered,
  sum(filtered)::bigint AS filtered,
  sum(records_in) = sum(counted) + sum(duplicate) + sum(dead_lettered) + sum(filtered) AS holds
FROM weir.ledger_source
GROUP BY source;
COMMENT ON VIEW serving.conservation IS 'What became of every committed record, per source: in = counted + duplicate + dead-lettered + filtered.';
COMMENT ON COLUMN serving.conservation.holds IS 'Whether the identity holds.';
