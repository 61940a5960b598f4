SELECT coalesce(sum(event_count), 0)::bigint AS events, coalesce(sum(value_sum), 0) AS value
FROM serving.traffic_day
