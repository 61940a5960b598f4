-- Do the hour and day views show the same number of events as the minutes? Live rows of another cube come on their own.
SELECT
  (SELECT coalesce(sum(event_count), 0) FROM serving.traffic_minute)::bigint AS minutes,
  (SELECT coalesce(sum(event_count), 0) FROM serving.traffic_hour)::bigint AS hours,
  (SELECT coalesce(sum(event_count), 0) FROM serving.traffic_day)::bigint AS days,
  (SELECT coalesce(sum(event_count), 0) FROM serving.types_minute)::bigint AS other_cube
