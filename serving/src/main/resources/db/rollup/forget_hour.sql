DELETE FROM ${rollup_table} WHERE event_hour = :hour
