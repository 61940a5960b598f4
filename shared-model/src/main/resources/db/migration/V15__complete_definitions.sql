-- Through which commit what is shown of a cube is whole: a definition that is not carried on lacks the commits since.

SET LOCAL lock_timeout = '1min';
DO $$
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('weir.batch_run', 0)) THEN
    RAISE EXCEPTION 'a run of the batch layer is at work' USING HINT = 'Wait until it has ended, then migrate again.';
  END IF;
END
$$;
-- Commits write to this table: they wait before they have locked it.
SELECT FROM weir.head FOR UPDATE;

ALTER TABLE weir.cube ADD COLUMN complete_through bigint;
COMMENT ON COLUMN weir.cube.complete_through IS 'The last commit before the first one that this definition lacks; null where it lacks none, or only of sealed hours.';

-- Of a former definition: what was committed before the next one was declared. Where it may have lacked something before, and of a
-- declared one that began in the middle, nothing is taken for whole until the views are looked after and find that it is.
UPDATE weir.cube AS d
SET complete_through = CASE
  WHEN d.current OR EXISTS (SELECT FROM weir.cube AS e WHERE e.cube = d.cube AND e.declared_at < d.declared_at) THEN 0
  WHEN EXISTS (SELECT FROM weir.ledger AS l WHERE l.committed_at <= d.declared_at) THEN 0
  ELSE coalesce((SELECT max(l.commit) FROM weir.ledger AS l WHERE l.committed_at <= (
    SELECT min(n.declared_at) FROM weir.cube AS n WHERE n.cube = d.cube AND n.declared_at > d.declared_at)), 0)
END
WHERE NOT d.current OR d.since_commit > 0;

-- Here, so that commits of a job that was started before this migration are noted as well. A commit that has no rows of a definition
-- raises what that has speed rows since, before it moves the head; to register one anew does, too, and says which are current.
CREATE FUNCTION weir.note_first_lacking_commit() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  SELECT commit INTO NEW.complete_through FROM weir.head;
  RETURN NEW;
END
$$;
COMMENT ON FUNCTION weir.note_first_lacking_commit IS 'Trigger: notes the head as the last commit that a definition lacks nothing of, before the first one without rows of it.';
CREATE TRIGGER lacks_a_commit BEFORE UPDATE ON weir.cube
FOR EACH ROW
WHEN (NEW.since_commit > OLD.since_commit AND NEW.current = OLD.current AND OLD.complete_through IS NULL AND NEW.complete_through IS NULL)
EXECUTE FUNCTION weir.note_first_lacking_commit();
