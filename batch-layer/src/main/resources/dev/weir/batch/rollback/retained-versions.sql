-- Of these cubes, in these event hours: which version is served, and which is the newest older one that is retained, if any?
-- What is absorbed then; whether the hour is sealed; and whether commits after that left no speed rows of the cube, which
-- would have to be served in its place: the cube was declared after them, or the rows are deleted.
SELECT
  d.cube_index - 1,
  c.event_hour,
  c.version,
  coalesce(h.version, 0),
  coalesce(h.absorbed_through, a.oldest - 1, 0),
  s.event_hour IS NOT NULL,
  coalesce(a.lacking, h.version IS NULL)
FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS d (cube, definition_hash, cube_index)
JOIN weir.cube k USING (cube, definition_hash)
JOIN weir.coverage c USING (cube, definition_hash)
LEFT JOIN weir.sealed_hour s ON s.event_hour = c.event_hour
LEFT JOIN LATERAL (
  SELECT v.version, v.absorbed_through
  FROM weir.coverage_history v
  WHERE v.cube = c.cube AND v.definition_hash = c.definition_hash AND v.event_hour = c.event_hour
    AND v.version < c.version
  ORDER BY v.version DESC
  LIMIT 1
) AS h ON true
CROSS JOIN LATERAL (
  SELECT min(f.commit) AS oldest, bool_or(f.commit <= k.since_commit OR r.tag IS NULL) AS lacking
  FROM weir.archive_manifest m
  JOIN weir.archive_file f ON f.file_id = m.file_id AND f.kind = 'arrivals' AND f.commit > coalesce(h.absorbed_through, 0)
  LEFT JOIN weir.row_digest r
    ON r.event_hour = c.event_hour AND r.cube = c.cube AND r.definition_hash = c.definition_hash
      AND r.layer = 'speed' AND r.tag = f.commit
  WHERE m.event_hour = c.event_hour
) AS a
WHERE c.event_hour >= ? AND c.event_hour < ? AND (?::bigint = 0 OR c.version = ?::bigint)
ORDER BY c.event_hour, d.cube_index
