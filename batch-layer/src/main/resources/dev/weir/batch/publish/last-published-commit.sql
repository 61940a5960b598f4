-- The last commit whose arrivals any run has read, or left to those that did: a repair reads those of its hours only.
SELECT coalesce(max(through_commit), 0)
FROM weir.batch_run
WHERE state = 'published' AND kind IN ('run', 'repair')
