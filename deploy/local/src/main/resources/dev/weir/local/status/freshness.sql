SELECT
  part,
  extract(epoch FROM lag)::float8 AS lag_seconds,
  extract(epoch FROM newest_event_time - now())::float8 AS ahead_seconds,
  commits_behind
FROM serving.freshness
ORDER BY CASE part WHEN 'live' THEN 1 WHEN 'committed' THEN 2 ELSE 3 END
