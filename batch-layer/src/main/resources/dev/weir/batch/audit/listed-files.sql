-- Which files does the manifest list, with their rows and hash sum per event hour of a range? Sealed hours need none.
WITH wanted AS NOT MATERIALIZED (
  SELECT m.file_id, m.event_hour, m.row_count, m.hash_sum
  FROM weir.archive_manifest m
  WHERE m.event_hour >= ? AND m.event_hour < ?
    AND NOT EXISTS (SELECT FROM weir.sealed_hour s WHERE s.event_hour = m.event_hour)
), page AS (
  SELECT f.file_id, f.kind, f.path, f.bytes, f.row_count
  FROM weir.archive_file f
  WHERE f.file_id > ? AND f.deleted_at IS NULL
    AND (f.kind = 'dead-letters' OR EXISTS (SELECT FROM wanted w WHERE w.file_id = f.file_id))
  ORDER BY f.file_id
  LIMIT ?
)
SELECT p.file_id, p.kind, p.path, p.bytes, p.row_count, w.event_hour, w.row_count, w.hash_sum
FROM page p
LEFT JOIN wanted w USING (file_id)
ORDER BY p.file_id, w.event_hour
