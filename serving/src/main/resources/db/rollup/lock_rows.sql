LOCK TABLE ${rollup_day_table}, ${rollup_hour_table}, ${rollup_minute_table} IN ROW EXCLUSIVE MODE
