CREATE OR REPLACE VIEW serving.sealed_hours AS
SELECT event_hour, reason, detail, sealed_at
FROM weir.sealed_hour;
COMMENT ON VIEW serving.sealed_hours IS 'Event hours whose archived events are gone: not recomputed any more; late events still reach them.';
COMMENT ON COLUMN serving.sealed_hours.reason IS 'retention: the archive was deleted as declared; damaged: it was lost.';
COMMENT ON COLUMN serving.sealed_hours.event_hour IS 'The event hour.';
COMMENT ON COLUMN serving.sealed_hours.detail IS 'Which files are gone.';
COMMENT ON COLUMN serving.sealed_hours.sealed_at IS 'Since when.';
