-- Which commits do not follow the one before them? A number may be left out: rewound ones are never reused.
SELECT commit, parent, before
FROM (
  SELECT commit, parent, lag(uuid, 1, '00000000-0000-0000-0000-000000000000') OVER (ORDER BY commit) AS before
  FROM (
    -- What the journal alone still knows is restored from it, and is not missing in the chain.
    SELECT commit, uuid, parent FROM weir.ledger
    UNION ALL
    SELECT j.commit, (j.entry -> 'ledger' ->> 'uuid')::uuid, (j.entry -> 'ledger' ->> 'parent')::uuid
    FROM weir.journal j
    WHERE NOT EXISTS (SELECT FROM weir.ledger l WHERE l.commit = j.commit)
  ) AS known
) AS chained
WHERE parent <> before
ORDER BY commit
