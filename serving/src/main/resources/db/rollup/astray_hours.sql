-- Rows that are in no bucket of their event hour; and, while all rows are taken for what is served, those of event hours of which no
-- roll-up is noted.
SELECT p.event_hour, count(*) AS rows
FROM ${rollup_table} AS p
WHERE p.event_hour >= :from AND p.event_hour < :to
  AND (
    p.bucket < p.event_hour
    OR p.bucket >= p.event_hour + interval '1 hour'
    OR p.bucket <> CASE WHEN :minutes THEN date_trunc('minute', p.bucket) ELSE p.event_hour END
    OR (
      (SELECT t.current FROM weir.roll_up_state AS t WHERE t.cube = :cube AND t.definition_hash = :definition)
      AND NOT EXISTS (
        SELECT
        FROM weir.roll_up AS r
        WHERE r.cube = :cube AND r.definition_hash = :definition AND r.event_hour = p.event_hour AND (r.minutes OR NOT :minutes)
      )
    )
  )
GROUP BY p.event_hour
ORDER BY p.event_hour
