-- Which roll-ups are of what is served now. A rewind removes commits from the ledger, and their numbers are never given again.
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

CREATE OR REPLACE VIEW weir.not_rolled_up AS
SELECT
  c.cube,
  c.definition_hash,
  c.event_hour,
  c.version,
  c.absorbed_through,
  coalesce(
    r.version = c.version
      AND r.absorbed_through = c.absorbed_through
      AND (
        r.through_commit = r.absorbed_through
        OR EXISTS (SELECT FROM weir.ledger AS l WHERE l.commit = r.through_commit)
      ),
    false) AS except_minutes
FROM weir.coverage AS c
LEFT JOIN weir.roll_up AS r USING (cube, definition_hash, event_hour)
WHERE NOT coalesce(
  r.minutes
    AND r.version = c.version
    AND r.absorbed_through = c.absorbed_through
    AND (
      r.through_commit = r.absorbed_through
      OR EXISTS (SELECT FROM weir.ledger AS l WHERE l.commit = r.through_commit)
    ),
  false);
COMMENT ON VIEW weir.not_rolled_up IS 'Published event hours without a roll-up in use, or without one of their minutes.';
COMMENT ON COLUMN weir.not_rolled_up.cube IS 'Name of the cube.';
COMMENT ON COLUMN weir.not_rolled_up.definition_hash IS 'Its definition.';
COMMENT ON COLUMN weir.not_rolled_up.event_hour IS 'The published hour.';
COMMENT ON COLUMN weir.not_rolled_up.version IS 'The version that is served.';
COMMENT ON COLUMN weir.not_rolled_up.absorbed_through IS 'Last commit that it has absorbed.';
COMMENT ON COLUMN weir.not_rolled_up.except_minutes IS 'Whether the hour as such is rolled up.';

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
    FROM weir.roll_up AS r
    WHERE r.through_commit > r.absorbed_through
      AND r.cube = d.cube
      AND r.definition_hash = d.definition_hash
      AND r.event_hour >= d.day
      AND r.event_hour < d.day + interval '24 hours'
  );
COMMENT ON VIEW weir.roll_up_day_in_use IS 'Roll-ups of days whose hours are published exactly as they were then, and nothing of which was committed and rolled up since.';
COMMENT ON COLUMN weir.roll_up_day_in_use.cube IS 'Name of the cube.';
COMMENT ON COLUMN weir.roll_up_day_in_use.definition_hash IS 'Its definition.';
COMMENT ON COLUMN weir.roll_up_day_in_use.day IS 'Start of the UTC day.';
