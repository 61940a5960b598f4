-- A rewind removes commits from the ledger, and their numbers are never given again.
CREATE OR REPLACE VIEW weir.roll_up_in_use AS
SELECT r.cube, r.definition_hash, r.event_hour, r.through_commit, r.minutes, r.through_commit > r.absorbed_through AS adds
FROM weir.roll_up AS r
LEFT JOIN weir.coverage AS c USING (cube, definition_hash, event_hour)
WHERE r.version = coalesce(c.version, 0)
  AND r.absorbed_through = coalesce(c.absorbed_through, 0)
  AND (
    r.through_commit = r.absorbed_through
    OR EXISTS (SELECT FROM weir.ledger AS l WHERE l.commit = r.through_commit)
  );
COMMENT ON VIEW weir.roll_up_in_use IS 'Roll-ups of event hours that are of what is served now.';
COMMENT ON COLUMN weir.roll_up_in_use.cube IS 'Name of the cube.';
COMMENT ON COLUMN weir.roll_up_in_use.definition_hash IS 'Its definition.';
COMMENT ON COLUMN weir.roll_up_in_use.event_hour IS 'The hour that is rolled up.';
COMMENT ON COLUMN weir.roll_up_in_use.through_commit IS 'Last commit that is in it.';
COMMENT ON COLUMN weir.roll_up_in_use.minutes IS 'Whether minutes are rolled up, too.';
COMMENT ON COLUMN weir.roll_up_in_use.adds IS 'Whether it may hold commits that the published version has not absorbed.';

CREATE OR REPLACE VIEW weir.roll_up_day_in_use AS
SELECT d.cube, d.definition_hash, d.day
FROM weir.roll_up_day AS d
WHERE d.published = (
    SELECT array_agg(ARRAY[extract(epoch FROM c.event_hour - d.day)::bigint / 3600, c.version] ORDER BY c.event_hour)
    FROM weir.coverage AS c
    WHERE c.cube = d.cube
      AND c.definition_hash = d.definition_hash
      AND c.event_hour >= d.day
      AND c.event_hour < d.day + interval '24 hours'
  )
  -- The hours' own roll-ups hold what was committed since, together with what was published.
  AND NOT EXISTS (
    SELECT
    FROM weir.roll_up_in_use AS r
    WHERE r.adds
      AND r.cube = d.cube
      AND r.definition_hash = d.definition_hash
      AND r.event_hour >= d.day
      AND r.event_hour < d.day + interval '24 hours'
  );
COMMENT ON VIEW weir.roll_up_day_in_use IS 'Roll-ups of days whose hours are published exactly as they were then, and nothing of which was committed and rolled up since.';
COMMENT ON COLUMN weir.roll_up_day_in_use.cube IS 'Name of the cube.';
COMMENT ON COLUMN weir.roll_up_day_in_use.definition_hash IS 'Its definition.';
COMMENT ON COLUMN weir.roll_up_day_in_use.day IS 'Start of the UTC day.';

CREATE OR REPLACE VIEW weir.rolled_up_through AS
SELECT
  t.cube,
  t.definition_hash,
  least(
    t.through_commit,
    -- Published anew since, or not rolled up yet.
    (
      SELECT min(c.absorbed_through)
      FROM weir.coverage AS c
      WHERE c.cube = t.cube
        AND c.definition_hash = t.definition_hash
        AND NOT EXISTS (
          SELECT
          FROM weir.roll_up_in_use AS r
          WHERE r.cube = c.cube AND r.definition_hash = c.definition_hash AND r.event_hour = c.event_hour
        )
    ),
    -- Not published any more, or never, and rolled up with a commit that was removed.
    (
      SELECT min(0)
      FROM weir.roll_up AS r
      WHERE r.cube = t.cube
        AND r.definition_hash = t.definition_hash
        AND NOT EXISTS (
          SELECT
          FROM weir.coverage AS c
          WHERE c.cube = r.cube AND c.definition_hash = r.definition_hash AND c.event_hour = r.event_hour
        )
        AND NOT EXISTS (
          SELECT
          FROM weir.roll_up_in_use AS u
          WHERE u.cube = r.cube AND u.definition_hash = r.definition_hash AND u.event_hour = r.event_hour
        )
    )
  )::bigint AS commit
FROM weir.roll_up_cube AS t;
COMMENT ON VIEW weir.rolled_up_through IS 'A commit up to which every speed row of a cube is absorbed by what is published or in a roll-up in use: older ones need not be read.';
COMMENT ON COLUMN weir.rolled_up_through.cube IS 'Name of the cube.';
COMMENT ON COLUMN weir.rolled_up_through.definition_hash IS 'Its definition.';
COMMENT ON COLUMN weir.rolled_up_through.commit IS 'The commit; no row: none are rolled up.';
