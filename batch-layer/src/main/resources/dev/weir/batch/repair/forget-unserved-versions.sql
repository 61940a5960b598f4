-- Retains only the served version of an event hour.
DELETE FROM weir.coverage_history h
WHERE h.cube = ? AND h.definition_hash = ? AND h.event_hour = ? AND NOT EXISTS (
  SELECT FROM weir.coverage c
  WHERE (c.cube, c.definition_hash, c.event_hour, c.version) = (h.cube, h.definition_hash, h.event_hour, h.version))
