SELECT bucket, event_type, user_segment, event_count, value_p95
FROM serving.traffic_minute
WHERE bucket >= now() - interval '24 hours'
