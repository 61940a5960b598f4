-- Which event hours, up to one, has every declared cube absorbed completely? Sealed ones need nothing more.
SELECT c.event_hour
FROM unnest(?::text[], ?::text[]) AS d (cube, definition_hash)
JOIN weir.coverage c USING (cube, definition_hash)
WHERE c.event_hour <= ? AND NOT EXISTS (SELECT FROM weir.sealed_hour s WHERE s.event_hour = c.event_hour)
GROUP BY c.event_hour
HAVING count(*) = ? AND min(c.absorbed_through) >= (
  SELECT max(f.commit)
  FROM weir.archive_manifest m
  JOIN weir.archive_file f USING (file_id)
  WHERE m.event_hour = c.event_hour AND f.kind = 'arrivals'
)
ORDER BY c.event_hour
