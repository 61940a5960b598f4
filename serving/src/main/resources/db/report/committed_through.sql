-- Up to when events are committed, of the commits that all of these definitions have, but no further than the first event of the others;
-- and the cubes of the definitions that lack some. An event that is dated after its commit says nothing of others: it counts as of
-- that time.
SELECT
  least(
    (
      SELECT max(least(l.max_event_time, l.committed_at))
      FROM weir.ledger AS l
      WHERE l.max_event_time IS NOT NULL AND l.commit <= shown.commit
    ),
    CASE WHEN shown.commit > 0 THEN (SELECT min(l.min_event_time) FROM weir.ledger AS l WHERE l.commit > shown.commit) END
  ) AS through,
  shown.incomplete
FROM (
  SELECT
    coalesce(min(complete_through), 9223372036854775807) AS commit,
    coalesce(array_agg(cube ORDER BY cube) FILTER (WHERE complete_through IS NOT NULL), '{}') AS incomplete
  FROM weir.cube
  WHERE cube || ' ' || definition_hash = ANY (:shown::text[])
) AS shown
