-- New columns go to the end: a view that exists can be replaced by no other.
CREATE OR REPLACE VIEW serving.reconciliation AS
SELECT
  run.version,
  run.state,
  run.started_at,
  run.finished_at,
  run.through_commit,
  run.hours,
  run.rows_read,
  run.duplicates,
  checked.agrees,
  coalesce(checked.keys_compared, 0) AS keys_compared,
  coalesce(checked.checks, 0) AS checks,
  coalesce(checked.disagreements, 0) AS disagreements,
  run.message,
  run.kind,
  run.from_hour,
  run.to_hour,
  coalesce(checked.compared, 0) AS compared
FROM weir.batch_run AS run
LEFT JOIN LATERAL (
  SELECT
    bool_and(agrees) AS agrees,
    (sum(compared) FILTER (WHERE check_name = 'speed-equals-archive'))::bigint AS keys_compared,
    count(*) AS checks,
    count(*) FILTER (WHERE NOT agrees) AS disagreements,
    sum(compared)::bigint AS compared
  FROM weir.reconciliation AS one
  WHERE one.version = run.version
) AS checked ON true;
COMMENT ON VIEW serving.reconciliation IS 'Each run of the batch layer, and whether everything it compared agreed.';
COMMENT ON COLUMN serving.reconciliation.kind IS 'run: absorbs commits; verify: compares everything; repair: mends what is damaged; rollback: serves earlier versions again; rewind: removes commits.';
COMMENT ON COLUMN serving.reconciliation.from_hour IS 'First event hour of the range that the run was given; null: it was given none.';
COMMENT ON COLUMN serving.reconciliation.agrees IS 'Whether every check of the run agreed; null where nothing was compared.';
COMMENT ON COLUMN serving.reconciliation.keys_compared IS 'Keys whose speed rows were compared with the archive, measure by measure.';
COMMENT ON COLUMN serving.reconciliation.compared IS 'Rows, keys and commits that its checks compared, all together.';
COMMENT ON COLUMN serving.reconciliation.duplicates IS 'Duplicates beyond the horizon that the run removed.';

CREATE OR REPLACE VIEW serving.reconciliation_check AS
SELECT version, checked_at, event_hour, check_name, subject, agrees, compared, detail
FROM weir.reconciliation;
COMMENT ON VIEW serving.reconciliation_check IS 'Every single check of the batch layer''s runs.';
COMMENT ON COLUMN serving.reconciliation.version IS 'Number of the run, and version of what it publishes.';
COMMENT ON COLUMN serving.reconciliation.state IS 'running, published, failed, nothing-changed, verified or replaced.';
COMMENT ON COLUMN serving.reconciliation.started_at IS 'When it began.';
COMMENT ON COLUMN serving.reconciliation.finished_at IS 'When it ended; null: it runs, or was killed.';
COMMENT ON COLUMN serving.reconciliation.through_commit IS 'Last commit that it looked at.';
COMMENT ON COLUMN serving.reconciliation.hours IS 'Event hours that it published.';
COMMENT ON COLUMN serving.reconciliation.rows_read IS 'Archived rows that it read.';
COMMENT ON COLUMN serving.reconciliation.checks IS 'How many checks it made.';
COMMENT ON COLUMN serving.reconciliation.disagreements IS 'How many of them did not agree.';
COMMENT ON COLUMN serving.reconciliation.message IS 'What was left or went wrong; null: nothing.';
COMMENT ON COLUMN serving.reconciliation.to_hour IS 'End of that range, exclusive.';
COMMENT ON COLUMN serving.reconciliation_check.version IS 'The run.';
COMMENT ON COLUMN serving.reconciliation_check.checked_at IS 'When it compared.';
COMMENT ON COLUMN serving.reconciliation_check.event_hour IS 'Where; null where it concerns no single event hour.';
COMMENT ON COLUMN serving.reconciliation_check.check_name IS 'What it compared.';
COMMENT ON COLUMN serving.reconciliation_check.subject IS 'A file, a commit, a cube, a cube table or a source.';
COMMENT ON COLUMN serving.reconciliation_check.agrees IS 'Whether it agreed.';
COMMENT ON COLUMN serving.reconciliation_check.compared IS 'How many rows, keys or commits were compared.';
COMMENT ON COLUMN serving.reconciliation_check.detail IS 'What differed; null where it agreed.';
