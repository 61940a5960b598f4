-- Everything a permutation leaves, without times and without numbers drawn for files.
SELECT format('head: %s %s, live from %s, last %s, claim %s', commit, uuid, live_base, last_commit, attempt)
FROM weir.head
UNION ALL
SELECT format('commit: %s %s after %s', commit, uuid, parent) FROM weir.ledger
UNION ALL
SELECT format('file: %s %s, %s bytes, %s rows, commit %s, version %s%s', kind, path, bytes, row_count, commit, version,
  CASE WHEN deleted_at IS NOT NULL THEN ', deleted' END)
FROM weir.archive_file
UNION ALL
SELECT format('listed: %s of %s: %s rows, hash %s', f.path, m.event_hour, m.row_count, m.hash_sum)
FROM weir.archive_manifest m JOIN weir.archive_file f USING (file_id)
UNION ALL
SELECT format('cube: %s absorbed through %s', cube, absorbed_through) FROM weir.cube
UNION ALL
SELECT format('coverage: %s %s version %s through %s', cube, event_hour, version, absorbed_through) FROM weir.coverage
UNION ALL
SELECT format('retained: %s %s version %s through %s', cube, event_hour, version, absorbed_through)
FROM weir.coverage_history
UNION ALL
SELECT format('compacted: %s version %s through %s, %s rows', event_hour, version, absorbed_through, row_count)
FROM weir.compacted_hour
UNION ALL
SELECT format('sealed: %s %s', event_hour, reason) FROM weir.sealed_hour
UNION ALL
SELECT format('to delete: %s', path) FROM weir.file_to_delete
UNION ALL
SELECT format('rows: %s of %s, %s, tag %s: %s, hash %s', layer, cube, event_hour, tag, row_count, hash)
FROM weir.row_digest
UNION ALL
SELECT format('run: %s %s %s through %s, %s hours, %s rows, %s duplicates: %s', version, kind, state, through_commit,
  hours, rows_read, duplicates, message)
FROM weir.batch_run
UNION ALL
SELECT format('check: run %s, %s, %s, %s: %s, %s compared: %s', version, event_hour, check_name, subject, agrees, compared,
  detail)
FROM weir.reconciliation
JOIN (SELECT version, kind FROM weir.batch_run) AS r USING (version)
-- A repair ends with a look at everything there is then: how much that was says nothing.
WHERE NOT (agrees AND kind = 'repair')
UNION ALL
SELECT format('fence: %s', version) FROM weir.batch_fence
ORDER BY 1
