-- Of which commits have these event hours speed rows, by their digests?
SELECT h.event_hour, d.cube_index - 1, r.tag
FROM unnest(?::timestamptz[]) AS h (event_hour)
CROSS JOIN unnest(?::text[], ?::text[]) WITH ORDINALITY AS d (cube, definition_hash, cube_index)
JOIN weir.row_digest r
  ON r.cube = d.cube AND r.definition_hash = d.definition_hash AND r.event_hour = h.event_hour
WHERE r.layer = 'speed'
