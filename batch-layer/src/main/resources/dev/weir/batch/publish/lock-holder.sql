-- Which session holds the batch layer's lock, when did it last do something, and which run is it?
SELECT
  l.pid,
  coalesce(to_char(a.state_change AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'an unknown time'),
  r.version,
  r.kind,
  to_char(r.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
FROM pg_locks l
LEFT JOIN pg_stat_activity a ON a.pid = l.pid
LEFT JOIN (weir.batch_fence f JOIN weir.batch_run r ON r.version = f.version)
  -- The last run to register, if it is this session's: one that has ended may still be tidying up.
  ON coalesce(a.backend_start <= r.started_at, r.state = 'running')
WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND ((l.classid::bigint << 32) | l.objid::bigint) = hashtextextended('weir.batch_run', 0)
