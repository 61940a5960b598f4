SELECT pg_advisory_unlock(hashtext('weir.roll_up'))
