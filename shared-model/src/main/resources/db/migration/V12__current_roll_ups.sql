-- A definition is one cube's: PostgreSQL would take the two for independent, and expect a hundredth of a small cube's rows.
CREATE STATISTICS weir.coverage_of_cubes (dependencies, mcv) ON cube, definition_hash FROM weir.coverage;
CREATE STATISTICS weir.roll_up_of_cubes (dependencies, mcv) ON cube, definition_hash FROM weir.roll_up;
CREATE STATISTICS weir.row_digest_of_cubes (dependencies, mcv) ON cube, definition_hash, layer FROM weir.row_digest;
COMMENT ON STATISTICS weir.coverage_of_cubes IS 'A definition is one cube''s.';
COMMENT ON STATISTICS weir.roll_up_of_cubes IS 'A definition is one cube''s.';
COMMENT ON STATISTICS weir.row_digest_of_cubes IS 'A definition is one cube''s.';
ANALYZE weir.coverage, weir.roll_up, weir.row_digest;

-- Whether roll-ups are of what is served now is told by two numbers, and not by a look at every event hour. Last, because every
-- question waits for it.
SET LOCAL lock_timeout = '1min';
ALTER TABLE weir.roll_up_cube ADD COLUMN current_through bigint, ADD COLUMN current_coverage bigint;
COMMENT ON COLUMN weir.roll_up_cube.current_through IS 'When this is through_commit, current_coverage holds; an application that does not know of it raises that one only.';
COMMENT ON COLUMN weir.roll_up_cube.current_coverage IS 'What weir.coverage_state counted when every row of the roll-ups was of what was served; null: nobody has looked.';
