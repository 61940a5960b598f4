-- Of which sealed event hours are all arrivals files let go of? No run need look at them, until late ones are absorbed.
UPDATE weir.sealed_hour s
SET arrivals_kept = false
WHERE s.arrivals_kept AND NOT EXISTS (
  SELECT
  FROM weir.archive_manifest m
  JOIN weir.archive_file f USING (file_id)
  WHERE m.event_hour = s.event_hour AND f.kind = 'arrivals' AND f.deleted_at IS NULL)
