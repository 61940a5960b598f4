-- Brings back the manifest's lines of a commit's files that the journal has. If their hours are sealed, the files may be
-- ones to let go of.
WITH restored AS (
  INSERT INTO weir.archive_manifest (file_id, event_hour, row_count, hash_sum)
  SELECT f.file_id, h.event_hour, h.row_count, h.hash_sum
  FROM weir.journal j
  CROSS JOIN jsonb_to_recordset(j.entry -> 'files') AS r (path text, hours jsonb)
  CROSS JOIN jsonb_to_recordset(r.hours) AS h (event_hour timestamptz, row_count bigint, hash_sum bigint)
  JOIN weir.archive_file f ON f.path = r.path
  WHERE j.commit = ?
  ON CONFLICT DO NOTHING
  RETURNING event_hour
)
UPDATE weir.sealed_hour s
SET arrivals_kept = true
FROM restored r
WHERE s.event_hour = r.event_hour AND NOT s.arrivals_kept
