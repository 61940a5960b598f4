-- A row per minute, event type and user segment.
CREATE TABLE peer.traffic_minute (
  bucket timestamptz,
  event_type text,
  user_segment text,
  event_count bigint,
  value_sum double precision,
  value_avg double precision,
  value_min double precision,
  value_max double precision,
  value_p95 double precision,
  PRIMARY KEY (bucket, event_type, user_segment)
)
