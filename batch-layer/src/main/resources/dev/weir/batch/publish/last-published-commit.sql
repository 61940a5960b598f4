-- The last commit whose arrivals any run has read, or left to those that did: a repair reads those of its hours only. One
-- that died on the way may have published, too. From the last one back, as far as needed.
SELECT coalesce((
  SELECT through_commit
  FROM weir.batch_run r
  WHERE kind IN ('run', 'repair')
    AND (state = 'published' OR hours > 0 OR EXISTS (SELECT FROM weir.coverage_history h WHERE h.version = r.version))
  ORDER BY through_commit DESC
  LIMIT 1
), 0)
