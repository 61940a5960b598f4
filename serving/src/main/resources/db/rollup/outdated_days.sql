-- Days that have ended, with all their covered hours rolled up as published, and are not rolled up so themselves.
SELECT days.day
FROM (
  SELECT
    date_bin(interval '1 day', c.event_hour, timestamptz '1970-01-01 00:00:00Z') AS day,
    bool_and(r.event_hour IS NOT NULL) AS ready,
    array_agg(ARRAY[
      extract(epoch FROM c.event_hour - date_bin(interval '1 day', c.event_hour, timestamptz '1970-01-01 00:00:00Z'))::bigint / 3600,
      c.version] ORDER BY c.event_hour) AS published
  FROM weir.coverage AS c
  LEFT JOIN weir.roll_up_in_use AS r
    ON r.cube = c.cube AND r.definition_hash = c.definition_hash AND r.event_hour = c.event_hour AND NOT r.adds
  WHERE c.cube = :cube AND c.definition_hash = :definition
  GROUP BY 1
) AS days
LEFT JOIN weir.roll_up_day AS d ON d.cube = :cube AND d.definition_hash = :definition AND d.day = days.day
WHERE days.ready AND days.day < :ended_from AND d.published IS DISTINCT FROM days.published
  -- A day to which commits were added, in hours of it that are published or not, would not be used.
  AND NOT EXISTS (
    SELECT
    FROM weir.roll_up AS a
    WHERE a.through_commit > a.absorbed_through
      AND a.cube = :cube
      AND a.definition_hash = :definition
      AND a.event_hour >= days.day
      AND a.event_hour < days.day + interval '24 hours'
  )
ORDER BY days.day DESC
LIMIT :limit
