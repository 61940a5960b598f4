-- Whoever empties a table of roll-ups has them made anew: nothing says any longer that they are there.

CREATE FUNCTION weir.forget_roll_ups() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM weir.roll_up_cube WHERE TG_NARGS = 0 OR (cube = TG_ARGV[0] AND definition_hash = TG_ARGV[1]);
  DELETE FROM weir.roll_up_day WHERE TG_NARGS = 0 OR (cube = TG_ARGV[0] AND definition_hash = TG_ARGV[1]);
  IF TG_NARGS > 0 THEN
    DELETE FROM weir.roll_up WHERE cube = TG_ARGV[0] AND definition_hash = TG_ARGV[1];
  END IF;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION weir.forget_roll_ups IS 'Trigger: what is said of roll-ups goes with their rows.';

CREATE TRIGGER emptied BEFORE TRUNCATE ON weir.roll_up FOR EACH STATEMENT EXECUTE FUNCTION weir.forget_roll_ups();

COMMENT ON SCHEMA rollup IS 'Roll-ups of the cubes: tables named like those of batch, and views of cubes with fewer dimensions. Derived: TRUNCATE of any of its tables has those of that cube made anew; deleting single rows has not.';

-- When the oldest event of all happened is asked every few seconds.
CREATE INDEX ON weir.ledger (min_event_time);
