-- Which run published last?
SELECT coalesce(max(version), 0)
FROM weir.batch_run
WHERE state = 'published' AND kind <> 'rollback'
