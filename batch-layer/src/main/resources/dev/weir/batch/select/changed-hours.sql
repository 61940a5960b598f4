-- Which event hours have arrivals that a declared cube has not absorbed?
WITH declared AS (
  SELECT * FROM unnest(?::text[], ?::text[]) AS d (cube, definition_hash)
), arrived AS (
  SELECT m.event_hour, max(f.commit) AS newest
  FROM weir.archive_file f
  JOIN weir.archive_manifest m USING (file_id)
  WHERE f.kind = 'arrivals' AND f.commit > ? AND f.commit <= ?
  GROUP BY m.event_hour
)
SELECT a.event_hour, a.newest
FROM arrived a
WHERE EXISTS (
  SELECT FROM declared d
  LEFT JOIN weir.coverage c
    ON c.cube = d.cube AND c.definition_hash = d.definition_hash AND c.event_hour = a.event_hour
  WHERE c.version IS NULL OR c.absorbed_through < a.newest
)
ORDER BY a.event_hour
