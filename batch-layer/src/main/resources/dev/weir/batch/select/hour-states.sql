-- What is compacted and covered of these event hours? One row per hour and declared cube.
SELECT
  h.event_hour,
  coalesce(z.version, 0),
  coalesce(z.absorbed_through, 0),
  d.cube_index - 1,
  coalesce(c.version, 0),
  coalesce(c.absorbed_through, 0)
FROM unnest(?::timestamptz[]) AS h (event_hour)
CROSS JOIN unnest(?::text[], ?::text[]) WITH ORDINALITY AS d (cube, definition_hash, cube_index)
LEFT JOIN weir.compacted_hour z ON z.event_hour = h.event_hour
LEFT JOIN weir.coverage c
  ON c.cube = d.cube AND c.definition_hash = d.definition_hash AND c.event_hour = h.event_hour
ORDER BY h.event_hour, d.cube_index
