-- The counters of all commits together, and whether each commit follows the one before it.
SELECT
  coalesce(sum(s.records_in), 0)::bigint AS records_in,
  coalesce(sum(s.counted), 0)::bigint AS counted,
  coalesce(sum(s.duplicate), 0)::bigint AS duplicate,
  coalesce(sum(s.dead_lettered), 0)::bigint AS dead_lettered,
  coalesce(sum(s.filtered), 0)::bigint AS filtered,
  (SELECT coalesce(sum(records), 0) FROM weir.dead_letter_count)::bigint AS dead_letters,
  (
    SELECT count(*)
    FROM (SELECT parent, lag(uuid) OVER (ORDER BY commit) AS previous FROM weir.ledger) AS l
    WHERE parent <> coalesce(previous, '00000000-0000-0000-0000-000000000000')
  ) AS broken_links
FROM weir.ledger_source AS s
