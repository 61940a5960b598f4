-- Which compacted files of these hours are older than the ones kept for rollback?
SELECT f.file_id, f.path
FROM unnest(?::timestamptz[], ?::bigint[]) AS w (event_hour, kept)
JOIN weir.archive_manifest m USING (event_hour)
JOIN weir.archive_file f USING (file_id)
WHERE f.kind = 'hours' AND f.version < w.kept AND f.deleted_at IS NULL
