-- Makes an hour's compaction hold the commits that its run absorbed.
UPDATE weir.compacted_hour c
SET absorbed_through = r.through_commit
FROM weir.batch_run r
WHERE c.event_hour = ? AND r.version = c.version AND r.kind IN ('run', 'repair') AND c.absorbed_through <> r.through_commit
