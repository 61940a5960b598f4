-- Which files are listed by a commit that neither ledger nor journal know?
SELECT f.commit, f.path
FROM weir.archive_file f
WHERE f.commit IS NOT NULL
  AND NOT EXISTS (SELECT FROM weir.ledger l WHERE l.commit = f.commit)
  AND NOT EXISTS (SELECT FROM weir.journal j WHERE j.commit = f.commit)
ORDER BY f.commit, f.path
