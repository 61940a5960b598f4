-- How many events of the commits of a range belong to sealed event hours?
SELECT coalesce(sum(m.row_count), 0)::bigint
FROM weir.archive_file f
JOIN weir.archive_manifest m USING (file_id)
JOIN weir.sealed_hour s USING (event_hour)
WHERE f.kind = 'arrivals' AND f.commit > ? AND f.commit <= ?
