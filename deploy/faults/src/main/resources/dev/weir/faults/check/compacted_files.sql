-- The files that hold an event hour now: those of its compaction, and the arrivals since.
SELECT f.path, extract(epoch FROM m.event_hour)::bigint AS hour_seconds, m.row_count
FROM weir.archive_manifest AS m
JOIN weir.archive_file AS f USING (file_id)
LEFT JOIN weir.compacted_hour AS z ON z.event_hour = m.event_hour
WHERE f.deleted_at IS NULL
  AND ((f.kind = 'hours' AND f.version = z.version)
    OR (f.kind = 'arrivals' AND f.commit > coalesce(z.absorbed_through, 0)))
