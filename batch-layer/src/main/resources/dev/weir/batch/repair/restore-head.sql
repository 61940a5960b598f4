-- Makes the last commit of the ledger the head.
UPDATE weir.head AS h
SET commit = l.commit, uuid = l.uuid, last_commit = greatest(h.last_commit, l.commit)
FROM (
  SELECT commit, uuid FROM weir.ledger
  UNION ALL
  SELECT 0, '00000000-0000-0000-0000-000000000000'
  ORDER BY commit DESC
  LIMIT 1
) AS l
WHERE (h.commit, h.uuid) IS DISTINCT FROM (l.commit, l.uuid) OR h.last_commit < l.commit
