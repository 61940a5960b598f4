-- A commit up to which every speed row of a cube is absorbed by what is published or in a roll-up in use: older ones need not
-- be read. Only asked while weir.roll_up_state is not current. A function, because every view of every cube would have to be
-- planned together with this, which takes longer than the rest of it; of its owner's rights, as a view would be.
CREATE OR REPLACE FUNCTION weir.rolled_up_through(of_cube text, of_definition text, through_commit bigint) RETURNS bigint
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog AS
$$
BEGIN
  RETURN least(
    through_commit,
    -- Published anew since, or not rolled up yet.
    (
      SELECT min(n.absorbed_through)
      FROM weir.not_rolled_up AS n
      WHERE n.cube = of_cube AND n.definition_hash = of_definition AND NOT n.except_minutes
    ),
    -- Not published any more, or never and rolled up with a commit that was removed.
    (
      SELECT min(0)
      FROM weir.roll_up AS r
      LEFT JOIN weir.coverage AS c USING (cube, definition_hash, event_hour)
      WHERE r.cube = of_cube
        AND r.definition_hash = of_definition
        AND c.version IS NULL
        AND (
          r.version <> 0
          OR (
            r.through_commit <> r.absorbed_through
            AND NOT EXISTS (SELECT FROM weir.ledger AS l WHERE l.commit = r.through_commit)
          )
        )
    )
  );
END
$$;
