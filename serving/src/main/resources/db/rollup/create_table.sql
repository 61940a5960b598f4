CREATE TABLE ${rollup_table} (_grouping smallint NOT NULL, _part smallint NOT NULL, LIKE ${batch_table} INCLUDING COMMENTS);
ALTER TABLE ${rollup_table} DROP COLUMN version;
CREATE INDEX ${index}_by_bucket ON ${rollup_table} (_grouping, bucket);
CREATE INDEX ${index}_by_event_hour ON ${rollup_table} (event_hour, _grouping);
-- If there was such a table once, what is still said of its rows goes, too.
CREATE TRIGGER emptied BEFORE TRUNCATE ON ${rollup_table} FOR EACH STATEMENT EXECUTE FUNCTION weir.forget_roll_ups(${cube}, ${definition});
TRUNCATE ${rollup_table};
