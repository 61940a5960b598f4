-- What contradicts itself in the tables? One line for each finding; none, if all is well.
SELECT format('head is commit %s, the ledger ends with %s', h.commit, (SELECT max(commit) FROM weir.ledger))
FROM weir.head h
WHERE h.commit <> (SELECT max(commit) FROM weir.ledger)
UNION ALL
SELECT format('%s, hour %s: version %s is served, retained are %s', cube, event_hour, c.version, h.versions)
FROM weir.coverage c
FULL JOIN (
  SELECT cube, definition_hash, event_hour, max(version) AS newest, array_agg(version ORDER BY version) AS versions
  FROM weir.coverage_history GROUP BY cube, definition_hash, event_hour
) AS h USING (cube, definition_hash, event_hour)
WHERE c.version IS DISTINCT FROM h.newest
UNION ALL
SELECT format('%s, hour %s: version %s is retained and has no rows', cube, event_hour, version)
FROM weir.coverage_history h
WHERE NOT EXISTS (
  SELECT FROM weir.row_digest d
  WHERE d.cube = h.cube AND d.definition_hash = h.definition_hash AND d.event_hour = h.event_hour
    AND d.tag = h.version AND d.layer = 'minute')
UNION ALL
SELECT format('%s, hour %s: commit %s is said to be absorbed everywhere and is not', cube, m.event_hour, f.commit)
FROM weir.cube k
JOIN weir.archive_file f ON f.kind = 'arrivals' AND f.commit <= k.absorbed_through
JOIN weir.archive_manifest m USING (file_id)
LEFT JOIN weir.coverage c USING (cube, definition_hash, event_hour)
WHERE coalesce(c.absorbed_through, 0) < f.commit
UNION ALL
SELECT format('hour %s: compaction %s is to have %s rows, its files have %s', z.event_hour, z.version, z.row_count,
  coalesce(l.row_count, 0))
FROM weir.compacted_hour z
LEFT JOIN (
  SELECT m.event_hour, f.version, sum(m.row_count) AS row_count, weir.wrapped(sum(m.hash_sum)) AS hash_sum
  FROM weir.archive_file f JOIN weir.archive_manifest m USING (file_id)
  WHERE f.kind = 'hours' AND f.deleted_at IS NULL
  GROUP BY m.event_hour, f.version
) AS l USING (event_hour, version)
WHERE (z.row_count, z.hash_sum) IS DISTINCT FROM (l.row_count::bigint, l.hash_sum)
UNION ALL
SELECT format('two runs are at work: %s', array_agg(version))
FROM weir.batch_run WHERE state = 'running' HAVING count(*) > 1
UNION ALL
SELECT format('%s rows of %s, hour %s: version %s is neither retained nor at work', layer, cube, event_hour, tag)
FROM weir.row_digest d
WHERE layer IN ('minute', 'hour')
  AND NOT EXISTS (
    SELECT FROM weir.coverage_history h
    WHERE h.cube = d.cube AND h.definition_hash = d.definition_hash AND h.event_hour = d.event_hour
      AND h.version = d.tag)
  AND NOT EXISTS (SELECT FROM weir.batch_run r WHERE r.version = d.tag AND r.state = 'running')
