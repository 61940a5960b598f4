COPY ${rollup_table} (_grouping, _part, event_hour, bucket, ${columns}) FROM STDIN (FORMAT binary)
