-- Columns that rows of before do not have: they are made anew.
/*computed*/ ALTER TABLE ${rollup_table} ADD COLUMN ${column} bigint;
TRUNCATE ${rollup_table};
