-- In which minutes and event types do the two cubes, computed apart, differ?
SELECT bucket, event_type, t.events, o.events
FROM (
  SELECT bucket, event_type, sum(event_count) AS events, sum(value_sum) AS value
  FROM serving.traffic_minute
  GROUP BY bucket, event_type
) AS t
FULL JOIN (
  SELECT bucket, event_type, sum(event_count) AS events, sum(value_sum) AS value
  FROM serving.types_minute
  GROUP BY bucket, event_type
) AS o USING (bucket, event_type)
WHERE t.events IS DISTINCT FROM o.events OR t.value IS DISTINCT FROM o.value
ORDER BY bucket, event_type
LIMIT 3
