-- Which run moved the fence after this one, and had this one published?
SELECT
  r.version, r.kind, to_char(r.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
  EXISTS (SELECT FROM weir.batch_run o WHERE o.version = n.version AND (o.state = 'published' OR o.hours > 0))
    OR EXISTS (SELECT FROM weir.coverage_history h WHERE h.version = n.version)
FROM (SELECT ?::bigint AS version) AS n
JOIN weir.batch_fence f ON f.version > n.version
JOIN weir.batch_run r ON r.version = f.version
