-- How many cubes have roll-ups of all that is committed.
SELECT count(*)
FROM weir.roll_up_state AS s
JOIN weir.head AS h ON h.commit = s.through_commit
WHERE s.current
