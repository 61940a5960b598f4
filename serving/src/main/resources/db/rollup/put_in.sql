COPY ${rollup_table} (_grouping, _part, event_hour, bucket, ${all_columns}) FROM STDIN (FORMAT binary)
