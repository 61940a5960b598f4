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
COMMENT ON COLUMN serving.conservation.source IS 'A source of the declaration.';
COMMENT ON COLUMN serving.conservation.records_in IS 'Records read.';
COMMENT ON COLUMN serving.conservation.counted IS 'Of them, events that were counted.';
COMMENT ON COLUMN serving.conservation.duplicate IS 'Of them, duplicates that were dropped.';
COMMENT ON COLUMN serving.conservation.dead_lettered IS 'Of them, records that were rejected.';
COMMENT ON COLUMN serving.conservation.filtered IS 'Of them, records that the declaration leaves out.';
