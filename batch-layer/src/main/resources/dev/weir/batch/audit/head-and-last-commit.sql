-- Is the head the last commit that ledger or journal know?
SELECT h.commit, h.uuid, h.last_commit, coalesce(k.commit, 0), coalesce(k.uuid, '00000000-0000-0000-0000-000000000000')
FROM weir.head h
LEFT JOIN LATERAL (
  SELECT commit, coalesce((j.entry -> 'ledger' ->> 'uuid')::uuid, l.uuid) AS uuid
  FROM weir.ledger l
  FULL JOIN weir.journal j USING (commit)
  ORDER BY commit DESC
  LIMIT 1
) AS k ON true
