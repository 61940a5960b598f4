-- How many events of an event hour did the commits of a range bring, by the manifest?
SELECT coalesce(sum(m.row_count), 0)::bigint
FROM weir.archive_manifest m
JOIN weir.archive_file f USING (file_id)
WHERE m.event_hour = ? AND f.kind = 'arrivals' AND f.commit > ? AND f.commit <= ?
