-- Registers a run; its identity is the version it publishes under.
INSERT INTO weir.batch_run (state, through_commit)
VALUES ('running', ?)
RETURNING version
