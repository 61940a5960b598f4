-- The roll-up of an event hour is not used from now on, and made anew.
WITH noted AS (
  DELETE FROM weir.roll_up WHERE cube = :cube AND definition_hash = :definition AND event_hour = :start
), minutes AS (
  DELETE FROM ${rollup_minute_table} WHERE event_hour = :start
)
DELETE FROM ${rollup_hour_table} WHERE event_hour = :start
