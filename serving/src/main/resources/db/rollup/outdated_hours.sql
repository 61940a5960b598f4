-- Event hours whose roll-up is missing or of something else than what is served now; those that got commits come first.
WITH added AS MATERIALIZED (
  SELECT s.event_hour, max(s.commit) AS newest
  FROM ${speed_table} AS s
  WHERE s.commit > coalesce((
      SELECT t.through_commit FROM weir.roll_up_state AS t WHERE t.cube = :cube AND t.definition_hash = :definition
    ), 0)
    -- Says nothing; but of a range PostgreSQL expects few rows, and then it uses the index on commit.
    AND s.commit <= 9223372036854775807
  GROUP BY s.event_hour
), served AS (
  SELECT c.event_hour, c.version, c.absorbed_through
  FROM weir.coverage AS c
  WHERE c.cube = :cube AND c.definition_hash = :definition
  UNION ALL
  SELECT a.event_hour, 0, 0
  FROM added AS a
  WHERE NOT EXISTS (
    SELECT
    FROM weir.coverage AS c
    WHERE c.cube = :cube AND c.definition_hash = :definition AND c.event_hour = a.event_hour
  )
), outdated AS (
  SELECT
    s.event_hour,
    s.version,
    s.absorbed_through,
    u.through_commit,
    u.minutes AS has_minutes,
    coalesce(a.newest > greatest(s.absorbed_through, u.through_commit), false) AS has_new,
    coalesce(u.adds, false) OR coalesce(a.newest > s.absorbed_through, false) OR s.event_hour >= :minutes_from AS wants_minutes
  FROM served AS s
  LEFT JOIN added AS a ON a.event_hour = s.event_hour
  LEFT JOIN weir.roll_up_in_use AS u
    ON u.cube = :cube AND u.definition_hash = :definition AND u.event_hour = s.event_hour
)
SELECT event_hour, version, absorbed_through, through_commit, has_minutes, has_new, wants_minutes
FROM outdated
WHERE through_commit IS NULL OR has_new OR (wants_minutes AND NOT has_minutes)
ORDER BY has_new DESC, event_hour DESC
