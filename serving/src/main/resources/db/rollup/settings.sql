-- Rows of before have nothing in a new column: views compute it from the sketches. Emptying the table would empty it for snapshots, too,
-- that still hold its roll-ups to be in use.
SELECT weir.add_computed_columns(${table}::regclass, ARRAY[${computed_names}]::text[]);
-- The present hour's rows are written anew with every commit.
ALTER TABLE ${rollup_table} SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
COMMENT ON TABLE ${rollup_table} IS ${text};
COMMENT ON COLUMN ${rollup_table}._grouping IS '0: all dimensions; 1: none; 2 and up: the first, second, ... dimension alone.';
COMMENT ON COLUMN ${rollup_table}._part IS '0: of published rows alone; 1: holds later commits.';
/*computed*/ COMMENT ON COLUMN ${rollup_table}.${column} IS 'Computed from the sketch or counter beside it; a percentile is a whole number of scaled units. Null: not computed yet.';
