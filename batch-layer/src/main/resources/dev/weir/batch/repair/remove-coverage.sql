-- Removes the coverage of an event hour that no retained version backs.
DELETE FROM weir.coverage c
WHERE c.event_hour = ? AND NOT EXISTS (
  SELECT FROM weir.coverage_history h
  WHERE (h.cube, h.definition_hash, h.event_hour, h.version) = (c.cube, c.definition_hash, c.event_hour, c.version))
