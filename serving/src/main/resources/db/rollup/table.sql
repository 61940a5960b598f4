CREATE TABLE IF NOT EXISTS ${rollup_table} (_grouping smallint NOT NULL, _part smallint NOT NULL, LIKE ${batch_table} INCLUDING COMMENTS);
ALTER TABLE ${rollup_table} DROP COLUMN IF EXISTS version;
-- The present hour's rows are written anew with every commit.
ALTER TABLE ${rollup_table} SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX IF NOT EXISTS ${index}_by_bucket ON ${rollup_table} (_grouping, bucket);
CREATE INDEX IF NOT EXISTS ${index}_by_event_hour ON ${rollup_table} (event_hour);
COMMENT ON TABLE ${rollup_table} IS ${text};
COMMENT ON COLUMN ${rollup_table}._grouping IS '0: all dimensions; 1: none; 2 and up: the first, second, ... dimension alone.';
COMMENT ON COLUMN ${rollup_table}._part IS '0: of published rows alone; 1: holds later commits.';
