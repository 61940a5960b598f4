-- Which of these covered hours is no longer served by the version a run started from?
SELECT w.cube, w.event_hour, coalesce(c.version, 0), w.version
FROM unnest(?::text[], ?::text[], ?::timestamptz[], ?::bigint[], ?::bigint[])
  AS w (cube, definition_hash, event_hour, version, absorbed_through)
LEFT JOIN weir.coverage c USING (cube, definition_hash, event_hour)
WHERE coalesce(c.version, 0) <> w.version OR coalesce(c.absorbed_through, 0) <> w.absorbed_through
ORDER BY w.cube, w.event_hour
LIMIT 1
