-- Which versions of these event hours are retained, the newest first, and what has each absorbed?
SELECT h.event_hour, d.cube_index - 1, v.version, v.absorbed_through
FROM unnest(?::timestamptz[]) AS h (event_hour)
CROSS JOIN unnest(?::text[], ?::text[]) WITH ORDINALITY AS d (cube, definition_hash, cube_index)
JOIN weir.coverage_history v
  ON v.cube = d.cube AND v.definition_hash = d.definition_hash AND v.event_hour = h.event_hour
ORDER BY h.event_hour, d.cube_index, v.version DESC
