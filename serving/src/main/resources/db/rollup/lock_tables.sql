-- Before the first snapshot: whoever empties one of them waits for its end, or is seen.
LOCK TABLE ${rollup_day_table}, ${rollup_hour_table}, ${rollup_minute_table}, weir.roll_up IN ROW EXCLUSIVE MODE
