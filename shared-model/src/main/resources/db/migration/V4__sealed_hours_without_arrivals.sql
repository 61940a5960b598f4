-- Which sealed hours may still have arrivals files to let go of: a run looks at these alone, not at all that were ever sealed.

SET LOCAL lock_timeout = '1min';
DO $$
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('weir.batch_run', 0)) THEN
    RAISE EXCEPTION 'a run of the batch layer is at work' USING HINT = 'Wait until it has ended, then migrate again.';
  END IF;
END
$$;

ALTER TABLE weir.sealed_hour ADD COLUMN arrivals_kept boolean NOT NULL DEFAULT true;
COMMENT ON COLUMN weir.sealed_hour.arrivals_kept IS 'Whether arrivals files with its events may still be there; false: none is that its coverage, or another declaration, would not bring back.';
CREATE INDEX ON weir.sealed_hour (event_hour) WHERE arrivals_kept;

-- Arrivals are let go of when they are absorbed. So later ones wait for the coverage, whoever changes it.

CREATE FUNCTION weir.look_for_arrivals_of_covered() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  UPDATE weir.sealed_hour s SET arrivals_kept = true
  FROM changed c
  WHERE s.event_hour = c.event_hour AND NOT s.arrivals_kept;
  RETURN NULL;
END
$$;
CREATE TRIGGER covered AFTER INSERT ON weir.coverage REFERENCING NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION weir.look_for_arrivals_of_covered();
CREATE TRIGGER covered_anew AFTER UPDATE ON weir.coverage REFERENCING NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION weir.look_for_arrivals_of_covered();
CREATE TRIGGER uncovered AFTER DELETE ON weir.coverage REFERENCING OLD TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION weir.look_for_arrivals_of_covered();

-- Only current definitions keep arrivals waiting.

CREATE FUNCTION weir.look_for_all_arrivals() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  UPDATE weir.sealed_hour SET arrivals_kept = true WHERE NOT arrivals_kept;
  RETURN NULL;
END
$$;
CREATE TRIGGER declared AFTER UPDATE ON weir.cube
FOR EACH ROW WHEN (OLD.current IS DISTINCT FROM NEW.current) EXECUTE FUNCTION weir.look_for_all_arrivals();
