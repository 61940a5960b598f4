-- Which rows are not those whose digests were noted, which commits not those of the journal, which files never came? One line each.
WITH hours AS (
  SELECT array_agg(DISTINCT event_hour) AS hours FROM weir.archive_manifest
), layers AS (
  SELECT c.cube, c.definition_hash, l.layer
  FROM weir.cube c CROSS JOIN unnest(ARRAY['speed', 'minute', 'hour']) AS l (layer)
), stored AS (
  SELECT r.event_hour, l.cube, l.definition_hash, l.layer, r.tag, r.row_count, r.hash
  FROM layers l
  CROSS JOIN hours h
  CROSS JOIN LATERAL weir.row_digests(l.layer, l.cube, l.definition_hash, h.hours) r
)
SELECT format('digest of %s rows of %s, hour %s, tag %s: noted %s rows, stored %s',
  layer, cube, event_hour, tag, noted.row_count, stored.row_count)
FROM weir.row_digest AS noted FULL JOIN stored USING (event_hour, cube, definition_hash, layer, tag)
WHERE (noted.row_count, noted.hash) IS DISTINCT FROM (stored.row_count, stored.hash)
UNION ALL
SELECT format('journal of commit %s is not what the tables say', commit)
FROM weir.ledger l FULL JOIN weir.journal j USING (commit)
WHERE j.entry IS DISTINCT FROM weir.journal_entry(commit)
UNION ALL
SELECT format('file %s is announced by version %s, which is not at work', path, version)
FROM weir.archive_file f
WHERE kind = 'hours' AND bytes = 0 AND deleted_at IS NULL
  AND NOT EXISTS (SELECT FROM weir.batch_run r WHERE r.version = f.version AND r.state = 'running')
