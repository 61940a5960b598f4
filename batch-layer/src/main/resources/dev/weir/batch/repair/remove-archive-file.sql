-- Takes files out of the manifest that are listed for a commit and are not in the journal.
DELETE FROM weir.archive_file AS f
USING weir.journal AS j
WHERE f.commit = ? AND j.commit = f.commit AND NOT EXISTS (
  SELECT FROM jsonb_array_elements(j.entry -> 'files') AS noted (file)
  WHERE noted.file ->> 'path' = f.path)
