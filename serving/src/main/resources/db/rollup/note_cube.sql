-- Last of all: what is done to roll-ups takes it back.
INSERT INTO weir.roll_up_cube AS known (cube, definition_hash, through_commit, current_coverage)
SELECT :cube, :definition, :through, s.changes
FROM weir.coverage_state AS s
ON CONFLICT (cube, definition_hash) DO UPDATE
  SET through_commit = excluded.through_commit, current_coverage = excluded.current_coverage
WHERE (known.through_commit, known.current_coverage) IS DISTINCT FROM (excluded.through_commit, excluded.current_coverage)
