-- Lists an archive file with what it holds of each event hour.
WITH file AS (
  INSERT INTO weir.archive_file (path, kind, bytes, row_count, commit)
  VALUES (?, ?, ?, ?, ?)
  RETURNING file_id
)
INSERT INTO weir.archive_manifest (file_id, event_hour, row_count, hash_sum)
SELECT file.file_id, to_timestamp(hour.seconds), hour.row_count, hour.hash_sum
FROM file, unnest(?::bigint[], ?::bigint[], ?::bigint[]) AS hour (seconds, row_count, hash_sum)
