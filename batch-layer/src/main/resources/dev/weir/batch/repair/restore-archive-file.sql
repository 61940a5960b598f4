-- Makes the manifest's entries of a commit's files what the journal says.
INSERT INTO weir.archive_file AS f (path, kind, bytes, row_count, commit)
SELECT r.path, r.kind, r.bytes, r.row_count, j.commit
FROM weir.journal j
CROSS JOIN jsonb_to_recordset(j.entry -> 'files') AS r (path text, kind text, bytes bigint, row_count bigint)
WHERE j.commit = ?
ON CONFLICT (path) DO UPDATE
  SET kind = excluded.kind, bytes = excluded.bytes, row_count = excluded.row_count, commit = excluded.commit, version = NULL
  WHERE (f.kind, f.bytes, f.row_count, f.commit) IS DISTINCT FROM (excluded.kind, excluded.bytes, excluded.row_count, excluded.commit)
