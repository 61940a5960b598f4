SELECT part, extract(epoch FROM lag)::float8 AS lag_seconds, commits_behind
FROM serving.freshness
ORDER BY CASE part WHEN 'live' THEN 1 WHEN 'committed' THEN 2 ELSE 3 END
