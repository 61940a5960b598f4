-- Rows of event hours of which no roll-up is noted, or outside of their hour, while all rows are taken for what is served.
SELECT p.event_hour, count(*) AS rows
FROM ${rollup_table} AS p
WHERE p.event_hour >= :from AND p.event_hour < :to
  AND (SELECT t.current FROM weir.roll_up_state AS t WHERE t.cube = :cube AND t.definition_hash = :definition)
  AND (
    p.bucket < p.event_hour
    OR p.bucket >= p.event_hour + interval '1 hour'
    OR NOT EXISTS (
      SELECT
      FROM weir.roll_up AS r
      WHERE r.cube = :cube AND r.definition_hash = :definition AND r.event_hour = p.event_hour AND (r.minutes OR NOT :minutes)
    )
  )
GROUP BY p.event_hour
ORDER BY p.event_hour
