-- The run that publishes the history.
INSERT INTO weir.batch_run (version, kind, state, through_commit, finished_at)
OVERRIDING SYSTEM VALUE VALUES (?, 'run', 'published', 0, now())
