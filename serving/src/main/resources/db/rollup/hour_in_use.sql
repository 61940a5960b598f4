-- What the roll-up of an event hour is made of, while it is used.
SELECT r.version, r.absorbed_through, r.through_commit, r.minutes
FROM weir.roll_up AS r
JOIN weir.roll_up_in_use AS u USING (cube, definition_hash, event_hour)
WHERE r.cube = :cube AND r.definition_hash = :definition AND r.event_hour = :hour
