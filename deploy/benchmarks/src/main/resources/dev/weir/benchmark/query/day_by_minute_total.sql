SELECT bucket, event_count, value_p95
FROM rollup.traffic_total_minute
WHERE bucket >= now() - interval '24 hours'
