-- Which files hold these event hours: the compacted ones and the arrivals they do not hold yet?
SELECT m.event_hour, f.file_id, f.path, coalesce(f.commit, 0), f.row_count, m.row_count, m.hash_sum
FROM unnest(?::timestamptz[], ?::bigint[], ?::bigint[]) AS h (event_hour, compaction, compacted_through)
JOIN weir.archive_manifest m ON m.event_hour = h.event_hour
JOIN weir.archive_file f ON f.file_id = m.file_id
WHERE (f.kind = 'arrivals' AND f.commit > h.compacted_through AND f.commit <= ?)
   OR (f.kind = 'hours' AND f.version = h.compaction AND f.deleted_at IS NULL)
ORDER BY f.file_id, m.event_hour
