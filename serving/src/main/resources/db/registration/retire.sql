UPDATE weir.cube SET current = false WHERE current AND NOT (cube || ' ' || definition_hash = ANY (?))
