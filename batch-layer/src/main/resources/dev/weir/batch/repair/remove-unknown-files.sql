-- Takes the files of a commit out of the manifest that neither ledger nor journal know.
DELETE FROM weir.archive_file AS f
WHERE f.commit = ?
  AND NOT EXISTS (SELECT FROM weir.ledger l WHERE l.commit = f.commit)
  AND NOT EXISTS (SELECT FROM weir.journal j WHERE j.commit = f.commit)
