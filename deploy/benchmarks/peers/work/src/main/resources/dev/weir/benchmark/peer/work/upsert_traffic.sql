-- Writes a minute of a series as a peer has it now.
INSERT INTO peer.traffic_minute (bucket, event_type, user_segment, event_count, value_sum, value_avg, value_min, value_max, value_p95)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (bucket, event_type, user_segment) DO UPDATE SET
  event_count = excluded.event_count, value_sum = excluded.value_sum, value_avg = excluded.value_avg,
  value_min = excluded.value_min, value_max = excluded.value_max, value_p95 = excluded.value_p95
