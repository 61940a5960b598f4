-- Lets go of the compacted files of these hours, but for those this run has published.
WITH hour AS (
  SELECT h.event_hour, r.version
  FROM unnest(?::timestamptz[]) AS h (event_hour), (SELECT ?::bigint AS version) AS r
), forgotten AS (
  DELETE FROM weir.compacted_hour z USING hour h WHERE z.event_hour = h.event_hour AND z.version <> h.version
), gone AS (
  SELECT DISTINCT f.file_id, f.path
  FROM hour h
  JOIN weir.archive_manifest m USING (event_hour)
  JOIN weir.archive_file f USING (file_id)
  WHERE f.kind = 'hours' AND f.version <> h.version
), unlisted AS (
  DELETE FROM weir.archive_manifest m USING gone g WHERE m.file_id = g.file_id
), deleted AS (
  UPDATE weir.archive_file f SET deleted_at = clock_timestamp() FROM gone g WHERE f.file_id = g.file_id
)
INSERT INTO weir.file_to_delete (path)
SELECT path FROM gone
ON CONFLICT DO NOTHING
