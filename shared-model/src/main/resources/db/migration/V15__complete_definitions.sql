-- Through which commit what is shown of a cube is whole: a definition that is not carried on lacks the commits since.

-- Commits write to this table: they wait before they have locked it.
SET LOCAL lock_timeout = '1min';
SELECT FROM weir.head FOR UPDATE;

ALTER TABLE weir.cube ADD COLUMN complete_through bigint;
COMMENT ON COLUMN weir.cube.complete_through IS 'The last commit before the first one that this definition lacks; null where it lacks none.';

-- Of a former definition: what was committed before the next one was declared. A declared one that began in the middle counts as
-- lacking everything, until the migration that runs now finds it whole.
UPDATE weir.cube AS d
SET complete_through = CASE
  WHEN d.current THEN 0
  ELSE coalesce((SELECT max(l.commit) FROM weir.ledger AS l WHERE l.committed_at <= (
    SELECT min(n.declared_at) FROM weir.cube AS n WHERE n.cube = d.cube AND n.declared_at > d.declared_at)), 0)
END
WHERE NOT d.current OR d.since_commit > 0;
