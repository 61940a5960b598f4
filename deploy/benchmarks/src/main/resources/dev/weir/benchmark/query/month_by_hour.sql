SELECT bucket, event_count, value_avg, value_p95
FROM rollup.traffic_total_hour
WHERE bucket >= now() - interval '30 days'
