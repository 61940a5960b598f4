-- Removes the manifest's lines of a commit's files that are not in the journal.
DELETE FROM weir.archive_manifest AS m
USING weir.archive_file AS f, weir.journal AS j
WHERE f.commit = ? AND m.file_id = f.file_id AND j.commit = f.commit AND NOT EXISTS (
  SELECT
  FROM jsonb_to_recordset(j.entry -> 'files') AS r (path text, hours jsonb)
  CROSS JOIN jsonb_to_recordset(r.hours) AS h (event_hour timestamptz, row_count bigint, hash_sum bigint)
  WHERE r.path = f.path
    AND (h.event_hour, h.row_count, h.hash_sum) = (m.event_hour, m.row_count, m.hash_sum))
