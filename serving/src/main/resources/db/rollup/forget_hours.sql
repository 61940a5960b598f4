-- Event hours that are not served any more, or whose commits were removed.
WITH forgotten AS (
  DELETE FROM weir.roll_up AS r
  WHERE r.cube = :cube AND r.definition_hash = :definition
    AND NOT EXISTS (
      SELECT
      FROM weir.coverage AS c
      WHERE c.cube = r.cube AND c.definition_hash = r.definition_hash AND c.event_hour = r.event_hour
    )
    AND NOT EXISTS (
      SELECT
      FROM weir.roll_up_in_use AS u
      WHERE u.cube = r.cube AND u.definition_hash = r.definition_hash AND u.event_hour = r.event_hour
    )
  RETURNING r.event_hour
), minutes AS (
  DELETE FROM ${rollup_minute_table} WHERE event_hour IN (SELECT event_hour FROM forgotten)
)
DELETE FROM ${rollup_hour_table} WHERE event_hour IN (SELECT event_hour FROM forgotten)
