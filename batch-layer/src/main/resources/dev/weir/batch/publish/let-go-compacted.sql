-- Lets go of all compacted files of these hours.
WITH hour AS (
  SELECT * FROM unnest(?::timestamptz[]) AS h (event_hour)
), forgotten AS (
  DELETE FROM weir.compacted_hour z USING hour h WHERE z.event_hour = h.event_hour
), gone AS (
  SELECT DISTINCT f.file_id, f.path
  FROM hour
  JOIN weir.archive_manifest m USING (event_hour)
  JOIN weir.archive_file f USING (file_id)
  WHERE f.kind = 'hours' AND f.deleted_at IS NULL
), unlisted AS (
  DELETE FROM weir.archive_manifest m USING gone g WHERE m.file_id = g.file_id
), deleted AS (
  UPDATE weir.archive_file f SET deleted_at = clock_timestamp() FROM gone g WHERE f.file_id = g.file_id
)
INSERT INTO weir.file_to_delete (path)
SELECT path FROM gone
ON CONFLICT DO NOTHING
