SELECT pg_try_advisory_lock(hashtext('weir.roll_up'))
