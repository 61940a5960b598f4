-- Registers a run; its identity is the version it publishes under.
INSERT INTO weir.batch_run (state, kind, through_commit)
VALUES ('running', ?, ?)
RETURNING version
