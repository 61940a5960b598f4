-- Retains no version of an event hour after this one any more.
DELETE FROM weir.coverage_history
WHERE cube = ? AND definition_hash = ? AND event_hour = ? AND version > ?
