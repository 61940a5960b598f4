-- What the served rows of event hours depend on while the coverage is not changed: what is published, and the newest commit
-- that has rows of the hour, as a rewind takes away the newest. By what tells the publications and commits of all
-- databases apart; empty where there is neither. And about how many rows an hour has, of all series: published ones, or for
-- each minute the most that one of the last commits had. A version may have digests of all of history: the
-- + 0 has them looked up by event hour.
SELECT
  h.event_hour,
  concat_ws(' ', c.version, c.published_at, coalesce(l.uuid::text, newest.tag::text)) AS state,
  coalesce(published.row_count, 60 * newest.row_count, 0) AS about
FROM unnest(:hours::timestamptz[]) AS h (event_hour)
LEFT JOIN weir.coverage AS c
  ON c.cube = :cube AND c.definition_hash = :definition AND c.event_hour = h.event_hour
LEFT JOIN weir.row_digest AS published
  ON published.event_hour = h.event_hour AND published.cube = :cube AND published.definition_hash = :definition
    AND published.layer = 'minute' AND published.tag + 0 = c.version
LEFT JOIN LATERAL (
  SELECT max(last.tag) AS tag, max(last.row_count) AS row_count
  FROM (
    SELECT d.tag, d.row_count
    FROM weir.row_digest AS d
    WHERE d.event_hour = h.event_hour AND d.cube = :cube AND d.definition_hash = :definition AND d.layer = 'speed'
    ORDER BY d.tag DESC
    LIMIT 8
  ) AS last
) AS newest ON true
LEFT JOIN weir.ledger AS l ON l.commit = newest.tag
ORDER BY h.event_hour
