-- What tells a reader that numbers it kept may have changed, without a look at all of the coverage.

SET LOCAL lock_timeout = '1min';
DO $$
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('weir.batch_run', 0)) THEN
    RAISE EXCEPTION 'a run of the batch layer is at work' USING HINT = 'Wait until it has ended, then migrate again.';
  END IF;
END
$$;
-- Commits write to the ledger: they wait before they have locked it.
SELECT FROM weir.head FOR UPDATE;

CREATE TABLE weir.coverage_state (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  changes  bigint NOT NULL
);
COMMENT ON TABLE weir.coverage_state IS 'How often the coverage was changed: by publishing, rollback, rewind, repair or sealing. With the head it tells whether committed numbers may have changed.';
INSERT INTO weir.coverage_state (changes) VALUES (0);

-- One row, counted in the transaction that changes the coverage: whoever sees the change sees the count. Those transactions
-- hold the lock of the batch layer's runs, so that none waits here for another. Commits never come here.
CREATE FUNCTION weir.count_coverage_change() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  UPDATE weir.coverage_state SET changes = changes + 1;
  RETURN NULL;
END
$$;
CREATE TRIGGER counted AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON weir.coverage
FOR EACH STATEMENT EXECUTE FUNCTION weir.count_coverage_change();

-- The newest event time is asked with every answer.
CREATE INDEX ON weir.ledger (max_event_time);
