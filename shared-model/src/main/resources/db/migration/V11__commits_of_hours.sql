-- Every question asks which event hours got commits after the one up to which all are rolled up.

SET LOCAL lock_timeout = '1min';
-- Commits write to the table that gets an index: they wait before they have locked it.
SELECT FROM weir.head FOR UPDATE;
CREATE INDEX ON weir.row_digest (cube, definition_hash, tag, event_hour) WHERE layer = 'speed';
