-- Which tables, days and event hours hold rows of a version that was not published there? What is served was, even where the
-- history lost its line.
SELECT
  weir.cube_table(d.layer, d.cube, d.definition_hash), d.cube, d.definition_hash, d.layer,
  date_bin(interval '1 day', d.event_hour, timestamptz '1970-01-01 00:00:00Z') AS day,
  array_agg(d.event_hour ORDER BY d.event_hour)
FROM weir.row_digest d
WHERE d.tag = ? AND d.layer <> 'speed' AND NOT EXISTS (
  SELECT
  FROM weir.coverage_history h
  WHERE h.cube = d.cube AND h.definition_hash = d.definition_hash
    AND h.event_hour = d.event_hour AND h.version = d.tag
) AND NOT EXISTS (
  SELECT
  FROM weir.coverage c
  WHERE c.cube = d.cube AND c.definition_hash = d.definition_hash
    AND c.event_hour = d.event_hour AND c.version = d.tag
)
GROUP BY d.cube, d.definition_hash, d.layer, day
