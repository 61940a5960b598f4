-- When all is rolled up anew, because a table was emptied: what the others have of hours that nothing is said of any more.
DELETE FROM ${rollup_table} AS p
WHERE NOT EXISTS (SELECT FROM weir.roll_up_cube AS t WHERE t.cube = :cube AND t.definition_hash = :definition)
  AND p.event_hour NOT IN (SELECT r.event_hour FROM weir.roll_up AS r WHERE r.cube = :cube AND r.definition_hash = :definition)
