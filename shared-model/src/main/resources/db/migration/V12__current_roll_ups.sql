-- A definition is one cube's: PostgreSQL would take the two for independent, and expect a hundredth of a small cube's rows.
CREATE STATISTICS weir.coverage_of_cubes (dependencies, mcv) ON cube, definition_hash FROM weir.coverage;
CREATE STATISTICS weir.roll_up_of_cubes (dependencies, mcv) ON cube, definition_hash FROM weir.roll_up;
CREATE STATISTICS weir.row_digest_of_cubes (dependencies, mcv) ON cube, definition_hash, layer FROM weir.row_digest;
COMMENT ON STATISTICS weir.coverage_of_cubes IS 'A definition is one cube''s.';
COMMENT ON STATISTICS weir.roll_up_of_cubes IS 'A definition is one cube''s.';
COMMENT ON STATISTICS weir.row_digest_of_cubes IS 'A definition is one cube''s.';
ANALYZE weir.coverage, weir.roll_up, weir.row_digest;

-- Whether roll-ups are of what is served now is told by one number, and not by a look at every event hour. Whoever changes what is
-- said of roll-ups takes the number back, in the same transaction: an application that does not know of it, too. Last, because
-- every question waits for the table.
CREATE FUNCTION weir.forget_current_roll_ups() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE weir.roll_up_cube SET current_coverage = NULL
  WHERE cube = coalesce(NEW.cube, OLD.cube) AND definition_hash = coalesce(NEW.definition_hash, OLD.definition_hash)
    AND current_coverage IS NOT NULL;
  RETURN NULL;
END
$$;
COMMENT ON FUNCTION weir.forget_current_roll_ups IS 'Trigger: roll-ups of a cube were changed, and are not known to be of what is served until somebody says so again.';

SET LOCAL lock_timeout = '1min';
CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE ON weir.roll_up
FOR EACH ROW EXECUTE FUNCTION weir.forget_current_roll_ups();
CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE ON weir.roll_up_day
FOR EACH ROW EXECUTE FUNCTION weir.forget_current_roll_ups();
ALTER TABLE weir.roll_up_cube ADD COLUMN current_coverage bigint;
COMMENT ON COLUMN weir.roll_up_cube.current_coverage IS 'What weir.coverage_state counted when every row of the roll-ups was of what was served; null: nobody has said so.';
