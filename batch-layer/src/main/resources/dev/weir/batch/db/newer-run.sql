-- Which run moved the fence after this one?
SELECT r.version, r.kind, to_char(r.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
FROM weir.batch_fence f
JOIN weir.batch_run r USING (version)
WHERE f.version > ?
