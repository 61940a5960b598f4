-- In which of these event hours are the rows of a retained version not those that were written?
WITH asked AS (
  SELECT ?::text AS layer, ?::text AS cube, ?::text AS definition_hash, ?::timestamptz[] AS hours
), found AS MATERIALIZED (
  SELECT f.event_hour, f.tag, f.row_count, f.hash
  FROM asked a
  CROSS JOIN weir.row_digests(a.layer, a.cube, a.definition_hash, a.hours) AS f
)
SELECT DISTINCT h.event_hour
FROM asked a
JOIN weir.coverage_history h
  ON h.cube = a.cube AND h.definition_hash = a.definition_hash AND h.event_hour = ANY (a.hours)
LEFT JOIN weir.row_digest n
  ON n.event_hour = h.event_hour AND n.cube = h.cube AND n.definition_hash = h.definition_hash
    AND n.layer = a.layer AND n.tag = h.version
LEFT JOIN found f ON f.event_hour = h.event_hour AND f.tag = h.version
WHERE (n.row_count, n.hash) IS DISTINCT FROM (f.row_count, f.hash)
ORDER BY h.event_hour
