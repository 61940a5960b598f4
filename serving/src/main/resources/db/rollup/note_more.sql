-- Some hours are rolled up with younger commits than the cube as a whole, or not at all.
UPDATE weir.roll_up_cube SET current_through = NULL, current_coverage = NULL
WHERE cube = :cube AND definition_hash = :definition AND current_coverage IS NOT NULL
