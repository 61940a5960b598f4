-- Lets go of the compacted files of these hours that are older than the ones before the newest.
WITH superseded AS (
  SELECT DISTINCT f.file_id, f.path
  FROM unnest(?::timestamptz[], ?::bigint[]) AS w (event_hour, kept)
  JOIN weir.archive_manifest m USING (event_hour)
  JOIN weir.archive_file f USING (file_id)
  WHERE f.kind = 'hours' AND f.version < w.kept AND f.deleted_at IS NULL
), unlisted AS (
  DELETE FROM weir.archive_manifest m USING superseded s WHERE m.file_id = s.file_id
), deleted AS (
  UPDATE weir.archive_file f SET deleted_at = clock_timestamp() FROM superseded s WHERE f.file_id = s.file_id
)
INSERT INTO weir.file_to_delete (path)
SELECT path FROM superseded
ON CONFLICT DO NOTHING
