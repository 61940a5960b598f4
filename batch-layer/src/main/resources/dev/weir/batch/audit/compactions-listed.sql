-- Which event hours of a range have compacted files whose manifest lines are not together what was compacted?
SELECT c.event_hour, c.version, c.row_count, c.hash_sum, coalesce(l.row_count, 0), l.files, l.listed_rows
FROM weir.compacted_hour c
LEFT JOIN LATERAL (
  SELECT
    sum(m.row_count) AS row_count,
    weir.wrapped(coalesce(sum(m.hash_sum), 0)) AS hash_sum,
    string_agg(f.path, ', ' ORDER BY f.path) AS files,
    sum(f.row_count) AS listed_rows
  FROM weir.archive_manifest m
  JOIN weir.archive_file f USING (file_id)
  WHERE m.event_hour = c.event_hour AND f.kind = 'hours' AND f.version = c.version AND f.deleted_at IS NULL
) AS l ON true
WHERE c.event_hour >= ? AND c.event_hour < ?
  AND (c.row_count <> coalesce(l.row_count, 0) OR c.hash_sum <> coalesce(l.hash_sum, 0)
    OR c.row_count <> coalesce(l.listed_rows, 0))
ORDER BY c.event_hour
