-- Minutes are asked for while they are young.
WITH old AS (
  UPDATE weir.roll_up SET minutes = false
  WHERE cube = :cube AND definition_hash = :definition AND minutes
    AND event_hour < :minutes_from AND through_commit = absorbed_through
  RETURNING event_hour
)
DELETE FROM ${rollup_minute_table} WHERE event_hour IN (SELECT event_hour FROM old)
