-- Where does the commit log stand, and what does the ledger say of the commit that is to become its head?
SELECT h.commit, h.uuid, coalesce(l.uuid, '00000000-0000-0000-0000-000000000000'), coalesce(l.checkpoint, 0), l.job_id,
       t.commit = 0 OR l.commit IS NOT NULL AS known,
       (SELECT max(b.commit) FROM weir.ledger b WHERE b.commit < t.commit) AS before,
       (SELECT min(a.commit) FROM weir.ledger a WHERE a.commit > t.commit) AS after
FROM (SELECT ?::bigint AS commit) AS t
CROSS JOIN weir.head h
LEFT JOIN weir.ledger l ON l.commit = t.commit
