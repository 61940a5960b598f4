-- Which commits' or versions' rows of an event hour are not those that were written?
WITH asked AS (
  SELECT
    ?::text AS layer, ?::text AS cube, ?::text AS definition_hash, ?::timestamptz AS event_hour,
    ?::bigint AS after, ?::bigint AS through
), noted AS (
  SELECT d.tag, d.row_count, d.hash
  FROM asked a
  JOIN weir.row_digest d USING (event_hour, cube, definition_hash, layer)
  WHERE d.tag > a.after AND d.tag <= a.through
), found AS (
  SELECT f.tag, f.row_count, f.hash
  FROM asked a
  CROSS JOIN weir.row_digests(a.layer, a.cube, a.definition_hash, ARRAY[a.event_hour]) AS f
  WHERE f.tag > a.after AND f.tag <= a.through
)
SELECT tag, coalesce(n.row_count, 0), coalesce(f.row_count, 0)
FROM noted n
FULL JOIN found f USING (tag)
WHERE (n.row_count, n.hash) IS DISTINCT FROM (f.row_count, f.hash)
ORDER BY tag
