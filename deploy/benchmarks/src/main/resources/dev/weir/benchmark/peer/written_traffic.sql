-- The peer's result, row by row.
SELECT extract(epoch FROM bucket) * 1000, event_type, user_segment, event_count, value_sum, value_min, value_max
FROM peer.traffic_minute
