-- The last commit whose arrivals any run has read.
SELECT coalesce(max(through_commit), 0)
FROM weir.batch_run
WHERE state = 'published' AND kind = 'run'
