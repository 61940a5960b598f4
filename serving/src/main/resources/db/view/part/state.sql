state AS MATERIALIZED (
  -- Up to which commit everything is absorbed by what is published or in a roll-up in use; and whether all roll-ups are in use.
  SELECT coalesce(max(t.through_commit), 0) AS through, coalesce(bool_or(t.current), false) AS current
  FROM weir.roll_up_state AS t
  WHERE t.cube = ${cube} AND t.definition_hash = ${definition}
),
-- Otherwise, which are; and from which commit on rows of an event hour are to be added.
in_use AS MATERIALIZED (
  SELECT r.event_hour, r.through_commit, r.minutes
  FROM weir.roll_up_in_use AS r
  WHERE r.cube = ${cube} AND r.definition_hash = ${definition} AND NOT ${current}
),
counted AS MATERIALIZED (
  SELECT hours.event_hour, max(hours.through) AS through
  FROM (
    SELECT c.event_hour, c.absorbed_through AS through
    FROM weir.coverage AS c
    WHERE c.cube = ${cube} AND c.definition_hash = ${definition}
    UNION ALL
    SELECT u.event_hour, u.through_commit
    FROM in_use AS u
  ) AS hours
  WHERE NOT ${current}
  GROUP BY hours.event_hour
)