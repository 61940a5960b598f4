-- Whoever takes a cube's roll-ups back, or empties one of their tables, does so because of what they say: answers that were kept may
-- be of them, and are not taken for current any more.

SET LOCAL lock_timeout = '1min';
CREATE TRIGGER counted AFTER DELETE ON weir.roll_up_cube
FOR EACH STATEMENT EXECUTE FUNCTION weir.count_coverage_change();
COMMENT ON TABLE weir.coverage_state IS 'How often what is served of the past was changed: by publishing, rollback, rewind, repair or sealing, or by taking roll-ups back. With the head it tells whether committed numbers may have changed.';
