-- Publishes an event hour.
INSERT INTO weir.coverage (cube, definition_hash, event_hour, version, absorbed_through) VALUES (?, ?, ?, ?, 0)
