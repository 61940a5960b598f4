-- Completes the manifest of announced files, one row for each: a compacted file holds one event hour.
WITH written AS (
  UPDATE weir.archive_file a
  SET bytes = f.bytes, row_count = f.row_count, listed_at = clock_timestamp()
  FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::timestamptz[], ?::bigint[])
    AS f (path, bytes, row_count, event_hour, hash_sum)
  WHERE a.path = f.path AND a.version = ?
  RETURNING a.file_id, f.event_hour, f.row_count, f.hash_sum
)
INSERT INTO weir.archive_manifest (file_id, event_hour, row_count, hash_sum)
SELECT file_id, event_hour, row_count, hash_sum
FROM written
