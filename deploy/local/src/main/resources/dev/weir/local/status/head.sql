WITH covered AS (
  SELECT c.event_hour, min(c.absorbed_through) AS absorbed_through
  FROM weir.coverage AS c
  JOIN weir.cube AS k USING (cube, definition_hash)
  WHERE k.current
  GROUP BY c.event_hour
)
SELECT
  h.commit,
  extract(epoch FROM clock_timestamp() - l.committed_at)::float8 AS age_seconds,
  (SELECT count(DISTINCT event_hour) FROM weir.archive_manifest) AS hours,
  (SELECT count(*) FROM covered) AS recomputed_hours,
  (
    SELECT coalesce(sum(m.row_count), 0)::bigint
    FROM covered AS c
    JOIN weir.archive_manifest AS m USING (event_hour)
    JOIN weir.archive_file AS f USING (file_id)
    WHERE f.kind = 'arrivals' AND f.commit > c.absorbed_through
      AND c.event_hour < date_trunc('hour', now(), 'UTC')
  ) AS since_in_recomputed
FROM weir.head AS h
LEFT JOIN weir.ledger AS l USING (commit)
