-- Which arrivals files hold these event hours, up to a commit?
SELECT m.event_hour, f.file_id, f.commit, f.deleted_at IS NOT NULL
FROM unnest(?::timestamptz[]) AS h (event_hour)
JOIN weir.archive_manifest m USING (event_hour)
JOIN weir.archive_file f USING (file_id)
WHERE f.kind = 'arrivals' AND f.commit <= ?
ORDER BY m.event_hour, f.commit, f.file_id
