-- Lists a compacted file as it was found.
WITH file AS (
  INSERT INTO weir.archive_file AS f (path, kind, bytes, row_count, version)
  VALUES (?, 'hours', ?, ?, ?)
  ON CONFLICT (path) DO UPDATE
    SET kind = 'hours', bytes = excluded.bytes, row_count = excluded.row_count, version = excluded.version,
        commit = NULL, deleted_at = NULL
  RETURNING file_id
)
INSERT INTO weir.archive_manifest AS m (file_id, event_hour, row_count, hash_sum)
SELECT file_id, ?, ?, ?
FROM file
ON CONFLICT (event_hour, file_id) DO UPDATE SET row_count = excluded.row_count, hash_sum = excluded.hash_sum
