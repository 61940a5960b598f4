-- Days to whose hours something was added since, or that are published otherwise now.
WITH forgotten AS (
  DELETE FROM weir.roll_up_day AS d
  WHERE d.cube = :cube AND d.definition_hash = :definition
    AND d.day NOT IN (SELECT u.day FROM weir.roll_up_day_in_use AS u WHERE u.cube = :cube AND u.definition_hash = :definition)
  RETURNING d.day
)
DELETE FROM ${rollup_day_table} WHERE bucket IN (SELECT day FROM forgotten)
