-- What every question asks of roll-ups first. While nothing was published, rolled back or rewound since they were brought up to
-- date, that is one row; otherwise every event hour is looked at.
CREATE OR REPLACE VIEW weir.roll_up_state AS
SELECT
  t.cube,
  t.definition_hash,
  t.current,
  CASE
    WHEN t.current THEN t.through_commit
    ELSE weir.rolled_up_through(t.cube, t.definition_hash, t.through_commit)
  END AS through_commit
FROM (
  SELECT
    r.cube,
    r.definition_hash,
    r.through_commit,
    coalesce(
      r.current_coverage = (SELECT s.changes FROM weir.coverage_state AS s)
        AND (r.through_commit = 0 OR EXISTS (SELECT FROM weir.ledger AS l WHERE l.commit = r.through_commit)),
      false) AS current
  FROM weir.roll_up_cube AS r
) AS t;
COMMENT ON VIEW weir.roll_up_state IS 'Which speed rows of a cube need not be read, and whether its roll-ups need not be looked at hour by hour.';
COMMENT ON COLUMN weir.roll_up_state.cube IS 'Name of the cube.';
COMMENT ON COLUMN weir.roll_up_state.definition_hash IS 'Its definition.';
COMMENT ON COLUMN weir.roll_up_state.current IS 'Whether every row of its roll-ups is of what is served, as they were brought up to date and nothing was published, rolled back or rewound since.';
COMMENT ON COLUMN weir.roll_up_state.through_commit IS 'Every speed row of a commit up to this one is absorbed by what is published or in a roll-up in use; no row: none are rolled up.';
-- It is a function by now. Views of an older release may still read it: those of a cube whose new definition is not covered yet.
DO $$
BEGIN
  DROP VIEW IF EXISTS weir.rolled_up_through;
EXCEPTION
  WHEN dependent_objects_still_exist THEN
    NULL;
END
$$;
