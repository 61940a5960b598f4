CREATE OR REPLACE VIEW serving.disagreements AS
SELECT
  found.version,
  run.kind,
  found.checked_at,
  found.event_hour,
  found.check_name,
  found.subject,
  found.compared,
  found.detail
FROM weir.reconciliation AS found
JOIN weir.batch_run AS run USING (version)
WHERE NOT found.agrees
  -- A repair verifies everything again: when it has nothing to say of what is left, it has mended what it found.
  AND NOT (run.kind = 'repair' AND run.state IN ('published', 'verified') AND run.message IS NULL)
  -- If something is left, it says of each place that it did mend that it agrees now.
  AND NOT (
    run.kind = 'repair'
    AND EXISTS (
      SELECT
      FROM weir.reconciliation AS again
      WHERE again.version = found.version
        AND again.agrees
        AND again.checked_at >= found.checked_at
        AND again.check_name = found.check_name
        AND again.subject = found.subject
        AND again.event_hour IS NOT DISTINCT FROM found.event_hour
    )
  )
  -- A verify or repair compares all of its range again: what is still wrong, it has found itself.
  AND NOT EXISTS (
    SELECT
    FROM weir.batch_run AS later
    WHERE later.version > found.version
      AND later.kind IN ('verify', 'repair')
      AND (
        found.event_hour IS NULL
        OR later.from_hour IS NULL
        OR (found.event_hour >= later.from_hour AND found.event_hour < later.to_hour)
      )
      AND EXISTS (SELECT FROM weir.reconciliation AS checked WHERE checked.version = later.version)
  )
  -- A run compares what it absorbs: held back is not wrong any more once the hour was published, or the same agreed.
  AND NOT (
    run.kind = 'run'
    AND (
      EXISTS (
        SELECT
        FROM weir.coverage AS published
        JOIN weir.cube AS cube USING (cube, definition_hash)
        WHERE cube.current AND published.event_hour = found.event_hour
        HAVING min(published.version) >= found.version
      )
      OR EXISTS (
        SELECT
        FROM weir.reconciliation AS again
        WHERE again.version > found.version
          AND again.agrees
          AND again.check_name = found.check_name
          AND again.subject = found.subject
          AND again.event_hour IS NOT DISTINCT FROM found.event_hour
      )
    )
  );
COMMENT ON VIEW serving.disagreements IS 'What runs of the batch layer found wrong and nothing has set right since; empty when all is well.';
COMMENT ON COLUMN serving.disagreements.version IS 'The run that found it.';
COMMENT ON COLUMN serving.disagreements.event_hour IS 'Where it is; null where it concerns no single event hour.';
COMMENT ON COLUMN serving.disagreements.subject IS 'A file, a commit, a cube, a cube table or a source.';
COMMENT ON COLUMN serving.disagreements.kind IS 'What kind of run it was: run, verify, repair, rollback or rewind.';
COMMENT ON COLUMN serving.disagreements.checked_at IS 'When it compared.';
COMMENT ON COLUMN serving.disagreements.check_name IS 'What it compared.';
COMMENT ON COLUMN serving.disagreements.compared IS 'How many rows, keys or commits it compared.';
COMMENT ON COLUMN serving.disagreements.detail IS 'What differed.';
