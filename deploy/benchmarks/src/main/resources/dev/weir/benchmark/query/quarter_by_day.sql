SELECT bucket, event_count, user_id_distinct
FROM rollup.traffic_total_day
WHERE bucket >= now() - interval '90 days'
