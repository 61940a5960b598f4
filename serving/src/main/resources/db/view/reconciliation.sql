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
LEFT JOIN (
  SELECT
    version,
    bool_and(agrees) AS agrees,
    (sum(compared) FILTER (WHERE check_name = 'speed-equals-archive'))::bigint AS keys_compared,
    count(*) AS checks,
    count(*) FILTER (WHERE NOT agrees) AS disagreements,
    sum(compared)::bigint AS compared
  FROM weir.reconciliation
  GROUP BY version
) AS checked USING (version);
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
