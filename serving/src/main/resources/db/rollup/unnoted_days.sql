-- Rows of days of which no roll-up is noted, or that are of no day.
SELECT p.event_hour, count(*) AS rows
FROM ${rollup_day_table} AS p
WHERE p.event_hour >= :from AND p.event_hour < :to
  AND (
    p.bucket <> p.event_hour
    OR NOT EXISTS (
      SELECT
      FROM weir.roll_up_day AS d
      WHERE d.cube = :cube AND d.definition_hash = :definition AND d.day = p.event_hour
    )
  )
GROUP BY p.event_hour
ORDER BY p.event_hour
