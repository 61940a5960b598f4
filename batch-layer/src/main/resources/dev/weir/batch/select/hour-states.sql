-- What is sealed, compacted and covered of these event hours? One row per hour and declared cube; the last column says
-- whether a sealed hour has arrivals that the cube has neither absorbed nor speed rows of.
SELECT
  h.event_hour,
  s.event_hour IS NOT NULL,
  coalesce(z.version, 0),
  coalesce(z.row_count, 0),
  coalesce(z.hash_sum, 0),
  coalesce(z.absorbed_through, 0),
  d.cube_index - 1,
  coalesce(c.version, 0),
  coalesce(c.absorbed_through, 0),
  s.event_hour IS NOT NULL AND EXISTS (
    SELECT
    FROM weir.archive_manifest m
    JOIN weir.archive_file f USING (file_id)
    WHERE m.event_hour = h.event_hour AND f.kind = 'arrivals'
      AND f.commit > coalesce(c.absorbed_through, 0) AND f.commit <= k.since_commit
  )
FROM unnest(?::timestamptz[]) AS h (event_hour)
CROSS JOIN unnest(?::text[], ?::text[]) WITH ORDINALITY AS d (cube, definition_hash, cube_index)
JOIN weir.cube k ON k.cube = d.cube AND k.definition_hash = d.definition_hash
LEFT JOIN weir.sealed_hour s ON s.event_hour = h.event_hour
LEFT JOIN weir.compacted_hour z ON z.event_hour = h.event_hour
LEFT JOIN weir.coverage c
  ON c.cube = d.cube AND c.definition_hash = d.definition_hash AND c.event_hour = h.event_hour
ORDER BY h.event_hour, d.cube_index
