-- What the served rows of event hours depend on while the coverage is not changed: the newest commit that has rows of the
-- hour, as numbers are never given twice, and a rewind takes away the newest. And roughly how many rows an hour has:
-- published ones, or sixty times those of that commit.
SELECT
  h.event_hour,
  coalesce(newest.tag, 0) AS commit,
  coalesce(published.row_count, 60 * newest.row_count, 0) AS about
FROM unnest(:hours::timestamptz[]) AS h (event_hour)
LEFT JOIN LATERAL (
  SELECT d.tag, d.row_count
  FROM weir.row_digest AS d
  WHERE d.event_hour = h.event_hour AND d.cube = :cube AND d.definition_hash = :definition AND d.layer = 'speed'
  ORDER BY d.tag DESC
  LIMIT 1
) AS newest ON true
LEFT JOIN LATERAL (
  SELECT d.row_count
  FROM weir.row_digest AS d
  WHERE d.event_hour = h.event_hour AND d.cube = :cube AND d.definition_hash = :definition AND d.layer = 'minute'
  ORDER BY d.tag DESC
  LIMIT 1
) AS published ON true
