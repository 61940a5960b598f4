-- Of these cubes, in these event hours: which version is served, and which is the newest older one that is retained?
-- The last column says whether that one lacks commits that left no speed rows of the cube: it could not be completed.
SELECT
  d.cube_index - 1,
  c.event_hour,
  c.version,
  coalesce(h.version, 0),
  coalesce(h.absorbed_through, 0),
  EXISTS (
    SELECT
    FROM weir.archive_manifest m
    JOIN weir.archive_file f USING (file_id)
    WHERE m.event_hour = c.event_hour AND f.kind = 'arrivals'
      AND f.commit > h.absorbed_through AND f.commit <= k.since_commit
  )
FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS d (cube, definition_hash, cube_index)
JOIN weir.cube k USING (cube, definition_hash)
JOIN weir.coverage c USING (cube, definition_hash)
LEFT JOIN LATERAL (
  SELECT v.version, v.absorbed_through
  FROM weir.coverage_history v
  WHERE v.cube = c.cube AND v.definition_hash = c.definition_hash AND v.event_hour = c.event_hour
    AND v.version < c.version
  ORDER BY v.version DESC
  LIMIT 1
) AS h ON true
WHERE c.event_hour >= ? AND c.event_hour < ? AND (?::bigint = 0 OR c.version = ?::bigint)
ORDER BY c.event_hour, d.cube_index
