-- Which event hours of a range have archived events?
SELECT m.event_hour, max(f.commit)
FROM weir.archive_manifest m
JOIN weir.archive_file f USING (file_id)
WHERE m.event_hour >= ? AND m.event_hour < ? AND f.kind = 'arrivals' AND f.commit <= ?
GROUP BY m.event_hour
ORDER BY m.event_hour
