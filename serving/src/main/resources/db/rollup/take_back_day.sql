-- The roll-up of a day is not used from now on, and made anew.
WITH noted AS (
  DELETE FROM weir.roll_up_day WHERE cube = :cube AND definition_hash = :definition AND day = :start
)
DELETE FROM ${rollup_day_table} WHERE event_hour = :start
