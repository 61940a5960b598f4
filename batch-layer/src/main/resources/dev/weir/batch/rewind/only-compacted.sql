-- Which event hours have events of commits up to this one in compacted files only, together with those of later commits?
SELECT DISTINCT z.event_hour, z.absorbed_through
FROM weir.compacted_hour z
JOIN weir.archive_manifest m USING (event_hour)
JOIN weir.archive_file f USING (file_id)
WHERE z.absorbed_through > ? AND f.kind = 'arrivals' AND f.commit <= ? AND f.deleted_at IS NOT NULL
ORDER BY z.event_hour
