-- The last commit whose arrivals any run has read, or left to those that did: a repair reads those of its hours only. One
-- that died on the way may have published, too.
SELECT coalesce(max(through_commit), 0)
FROM weir.batch_run r
WHERE kind IN ('run', 'repair')
  AND (state = 'published' OR hours > 0 OR EXISTS (SELECT FROM weir.coverage_history h WHERE h.version = r.version))
