-- What a table has of hours that nothing is said of, as when another one was emptied.
DELETE FROM ${rollup_table} AS p
WHERE p.event_hour NOT IN (SELECT r.event_hour FROM weir.roll_up AS r WHERE r.cube = :cube AND r.definition_hash = :definition)
