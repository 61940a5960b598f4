-- An event hour that has no events left is sealed no longer: those to come are all in the archive.
DELETE FROM weir.sealed_hour s
WHERE NOT EXISTS (SELECT FROM weir.archive_manifest m WHERE m.event_hour = s.event_hour)
  AND NOT EXISTS (SELECT FROM weir.coverage c WHERE c.event_hour = s.event_hour)
