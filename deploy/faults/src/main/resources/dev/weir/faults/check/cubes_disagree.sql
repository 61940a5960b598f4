-- In which minutes and event types do the two cubes, computed apart, differ?
SELECT bucket, event_type, t.events, o.events
FROM (
  SELECT bucket, event_type, sum(event_count) AS events, sum(value_sum) AS value, weir.merge(value_sketch) AS sketch
  FROM serving.traffic_minute
  GROUP BY bucket, event_type
) AS t
FULL JOIN (
  SELECT bucket, event_type, sum(event_count) AS events, sum(value_sum) AS value, weir.merge(value_sketch) AS sketch
  FROM serving.types_minute
  GROUP BY bucket, event_type
) AS o USING (bucket, event_type)
WHERE (t.events, t.value, (t.sketch).bins, (t.sketch).counts)
  IS DISTINCT FROM (o.events, o.value, (o.sketch).bins, (o.sketch).counts)
ORDER BY bucket, event_type
LIMIT 3
