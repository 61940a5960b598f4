-- Which event hours of a cube have speed rows, by their digests, that all retained versions have absorbed, and only versions of
-- runs before this one; up to which commit? Hour by hour: few have any, beside all that are covered.
SELECT s.event_hour, a.absorbed_through
FROM (SELECT ?::text AS cube, ?::text AS definition_hash, ?::bigint AS version) AS n
CROSS JOIN LATERAL (
  SELECT d.event_hour, min(d.tag) AS oldest
  FROM weir.row_digest d
  WHERE d.cube = n.cube AND d.definition_hash = n.definition_hash AND d.layer = 'speed'
  GROUP BY d.event_hour
) AS s
CROSS JOIN LATERAL (
  SELECT least(c.absorbed_through, min(h.absorbed_through)) AS absorbed_through, max(h.version) AS newest
  FROM weir.coverage c
  JOIN weir.coverage_history h USING (cube, definition_hash, event_hour)
  WHERE c.cube = n.cube AND c.definition_hash = n.definition_hash AND c.event_hour = s.event_hour
  GROUP BY c.absorbed_through
) AS a
WHERE a.newest < n.version AND s.oldest <= a.absorbed_through
ORDER BY s.event_hour
