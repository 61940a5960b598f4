-- Rows of before have none of these: views compute them from the sketches. Emptying the table would empty it for snapshots, too, that
-- still hold its roll-ups to be in use.
/*computed*/ ALTER TABLE ${rollup_table} ADD COLUMN ${column} bigint;
