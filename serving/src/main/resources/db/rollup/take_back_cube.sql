-- Nothing is known any more of the cube's roll-ups together: each hour is looked at, and commits that are in none are found again.
DELETE FROM weir.roll_up_cube WHERE cube = :cube AND definition_hash = :definition
