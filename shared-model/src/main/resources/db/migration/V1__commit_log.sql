-- The contract between the layers: the commit log, the archive manifest and the coverage of the batch layer.
-- Tables of the cubes (speed.*, live.*, batch.*) are derived from the pipeline's declaration.

CREATE SCHEMA IF NOT EXISTS weir;
CREATE SCHEMA IF NOT EXISTS speed;
CREATE SCHEMA IF NOT EXISTS live;
CREATE SCHEMA IF NOT EXISTS batch;
CREATE SCHEMA IF NOT EXISTS serving;

CREATE TYPE weir.sketch AS (bins int[], counts bigint[]);
COMMENT ON TYPE weir.sketch IS 'Canonical log-linear bins: sorted bin ids and their counts.';

CREATE TABLE weir.pipeline (
  only_row    boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  name        text NOT NULL,
  declaration text NOT NULL,
  declared_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE weir.pipeline IS 'The one pipeline this database belongs to, and its declaration as last applied.';

CREATE TABLE weir.head (
  only_row    boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  commit      bigint NOT NULL,
  uuid        uuid NOT NULL,
  live_base   bigint NOT NULL,
  last_commit bigint NOT NULL,
  attempt     bigint NOT NULL,
  job_id      text,
  claimed_at  timestamptz,
  seen_at     timestamptz
);
COMMENT ON TABLE weir.head IS 'Head of the commit log and the claim of the job that may extend it. Every commit and claim locks this row.';
COMMENT ON COLUMN weir.head.commit IS 'Commit number of the head; 0 before the first.';
COMMENT ON COLUMN weir.head.uuid IS 'Its committable; all zero before the first. A commit whose parent is not this is refused.';
COMMENT ON COLUMN weir.head.live_base IS 'Live rows with base >= this belong to epochs not yet committed.';
COMMENT ON COLUMN weir.head.last_commit IS 'Highest commit number ever given; numbers are never reused, not even after a rewind.';
COMMENT ON COLUMN weir.head.attempt IS 'The claim: only a writer of this attempt may commit; 0 before the first claim.';
COMMENT ON COLUMN weir.head.job_id IS 'Flink job that holds the claim; null once it released it.';
COMMENT ON COLUMN weir.head.seen_at IS 'When the owner was last seen; an owner not seen for the lease is gone.';
INSERT INTO weir.head (commit, uuid, live_base, last_commit, attempt)
VALUES (0, '00000000-0000-0000-0000-000000000000', 0, 0, 0);

CREATE TABLE weir.ledger (
  commit         bigint PRIMARY KEY,
  uuid           uuid NOT NULL UNIQUE,
  parent         uuid NOT NULL,
  attempt        bigint NOT NULL,
  job_id         text NOT NULL,
  checkpoint     bigint NOT NULL,
  committed_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  min_event_time timestamptz,
  max_event_time timestamptz
);
COMMENT ON TABLE weir.ledger IS 'One row per commit: the epoch between two checkpoints of the speed layer.';

CREATE TABLE weir.ledger_source (
  commit        bigint NOT NULL REFERENCES weir.ledger ON DELETE CASCADE,
  source        text NOT NULL,
  records_in    bigint NOT NULL,
  counted       bigint NOT NULL,
  duplicate     bigint NOT NULL,
  dead_lettered bigint NOT NULL,
  filtered      bigint NOT NULL,
  PRIMARY KEY (commit, source),
  CONSTRAINT conservation CHECK (records_in = counted + duplicate + dead_lettered + filtered)
);
COMMENT ON TABLE weir.ledger_source IS 'What became of every record of a commit: in = counted + duplicate + dead-lettered + filtered.';

CREATE TABLE weir.ledger_offset (
  commit      bigint NOT NULL REFERENCES weir.ledger ON DELETE CASCADE,
  source      text NOT NULL,
  topic       text NOT NULL,
  partition   int NOT NULL,
  next_offset bigint NOT NULL,
  PRIMARY KEY (commit, source, topic, partition)
);
COMMENT ON TABLE weir.ledger_offset IS 'For each partition that a commit advanced: the offset of the next record to read.';
CREATE INDEX ON weir.ledger_offset (source, topic, partition, commit DESC);

CREATE TABLE weir.dead_letter_count (
  commit  bigint NOT NULL REFERENCES weir.ledger ON DELETE CASCADE,
  source  text NOT NULL,
  reason  text NOT NULL,
  records bigint NOT NULL,
  PRIMARY KEY (commit, source, reason)
);
COMMENT ON TABLE weir.dead_letter_count IS 'Exact number of dead letters per commit, source and reason.';

CREATE TABLE weir.dead_letter_sample (
  commit      bigint NOT NULL REFERENCES weir.ledger ON DELETE CASCADE,
  source      text NOT NULL,
  topic       text NOT NULL,
  partition   int NOT NULL,
  "offset"    bigint NOT NULL,
  record_time timestamptz NOT NULL,
  reason      text NOT NULL,
  detail      text NOT NULL,
  raw         bytea NOT NULL,
  PRIMARY KEY (commit, source, topic, partition, "offset")
);
COMMENT ON TABLE weir.dead_letter_sample IS 'A bounded sample of dead letters per commit and reason, raw bytes cut at 4 KiB; all of them are in the archive under dead-letters/.';

CREATE TABLE weir.live_writer (
  writer        uuid PRIMARY KEY,
  attempt       bigint NOT NULL,
  registered_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE weir.live_writer IS 'Writers of the live preview under the current claim; rows of any other writer are not shown.';

CREATE TABLE weir.cube (
  cube             text NOT NULL,
  definition_hash  text NOT NULL,
  since_commit     bigint NOT NULL,
  current          boolean NOT NULL,
  absorbed_through bigint NOT NULL DEFAULT 0,
  declared_at      timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (cube, definition_hash)
);
COMMENT ON TABLE weir.cube IS 'Every definition a cube ever had; its tables are named <cube>_<first 8 digits of the hash>.';
COMMENT ON COLUMN weir.cube.since_commit IS 'Commits after this one have speed rows of this definition; older ones reach it through a recomputation.';
COMMENT ON COLUMN weir.cube.absorbed_through IS 'Every event hour has absorbed its commits up to this one: where the batch layer starts to look for changed hours.';

CREATE TABLE weir.archive_file (
  file_id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  path       text NOT NULL UNIQUE,
  kind       text NOT NULL CHECK (kind IN ('arrivals', 'hours', 'dead-letters')),
  bytes      bigint NOT NULL,
  row_count  bigint NOT NULL,
  commit     bigint,
  version    bigint,
  listed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  deleted_at timestamptz,
  CHECK ((kind = 'hours') = (version IS NOT NULL) AND (kind <> 'hours') = (commit IS NOT NULL))
);
COMMENT ON TABLE weir.archive_file IS 'Archive manifest: every file of the archive, with the commit (arrivals, dead-letters) or batch version (hours) that listed it.';
COMMENT ON COLUMN weir.archive_file.path IS 'Relative to the archive root.';
CREATE INDEX ON weir.archive_file (commit);
CREATE INDEX ON weir.archive_file (version);

CREATE TABLE weir.archive_manifest (
  file_id    bigint NOT NULL REFERENCES weir.archive_file ON DELETE CASCADE,
  event_hour timestamptz NOT NULL,
  row_count  bigint NOT NULL,
  hash_sum   bigint NOT NULL,
  PRIMARY KEY (event_hour, file_id)
);
COMMENT ON TABLE weir.archive_manifest IS 'Rows and order-free hash sum (modulo 2^64) per archive file and event hour.';
CREATE INDEX ON weir.archive_manifest (file_id);

CREATE TABLE weir.batch_run (
  version        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  state          text NOT NULL CHECK (state IN ('running', 'published', 'failed', 'nothing-changed')),
  started_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  finished_at    timestamptz,
  through_commit bigint NOT NULL,
  hours          int NOT NULL DEFAULT 0,
  rows_read      bigint NOT NULL DEFAULT 0,
  duplicates     bigint NOT NULL DEFAULT 0,
  message        text
);
COMMENT ON TABLE weir.batch_run IS 'Runs of the batch layer; a run publishes under its own version.';

CREATE TABLE weir.batch_fence (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  version  bigint NOT NULL
);
COMMENT ON TABLE weir.batch_fence IS 'The run that may publish; a newer run moves the fence, an older one is then refused.';
INSERT INTO weir.batch_fence (version) VALUES (0);

CREATE TABLE weir.coverage (
  cube             text NOT NULL,
  definition_hash  text NOT NULL,
  event_hour       timestamptz NOT NULL,
  version          bigint NOT NULL REFERENCES weir.batch_run,
  absorbed_through bigint NOT NULL,
  published_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (cube, definition_hash, event_hour),
  FOREIGN KEY (cube, definition_hash) REFERENCES weir.cube
);
COMMENT ON TABLE weir.coverage IS 'For each cube and event hour: the batch version being served and the last commit it has absorbed.';

CREATE TABLE weir.compacted_hour (
  event_hour       timestamptz PRIMARY KEY,
  version          bigint NOT NULL REFERENCES weir.batch_run,
  absorbed_through bigint NOT NULL
);
COMMENT ON TABLE weir.compacted_hour IS 'For each event hour: the version whose files under hours/ hold all its events up to that commit, duplicates dropped.';

CREATE TABLE weir.coverage_history (
  cube             text NOT NULL,
  definition_hash  text NOT NULL,
  event_hour       timestamptz NOT NULL,
  version          bigint NOT NULL,
  absorbed_through bigint NOT NULL,
  PRIMARY KEY (cube, definition_hash, event_hour, version)
);
COMMENT ON TABLE weir.coverage_history IS 'Coverage of every retained version, for rollback.';

CREATE TABLE weir.reconciliation (
  version    bigint NOT NULL REFERENCES weir.batch_run,
  checked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  event_hour timestamptz,
  check_name text NOT NULL CHECK (check_name IN ('archive-complete', 'speed-equals-archive', 'compaction', 'conservation')),
  subject    text NOT NULL,
  agrees     boolean NOT NULL,
  compared   bigint NOT NULL,
  detail     text
);
COMMENT ON TABLE weir.reconciliation IS 'What each run compared and whether it agreed: archive against manifest, archive against speed rows, compacted files against their inputs, counters against each other.';
COMMENT ON COLUMN weir.reconciliation.subject IS 'A file, a cube or a source.';
COMMENT ON COLUMN weir.reconciliation.compared IS 'How many rows or keys were compared.';
CREATE INDEX ON weir.reconciliation (version);

CREATE FUNCTION weir.ensure_day(parent regclass, day date) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  partition_name text := (SELECT relname FROM pg_class WHERE oid = parent) || '_' || to_char(day, 'YYYYMMDD');
  schema_name text := (SELECT nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = parent);
BEGIN
  IF to_regclass(format('%I.%I', schema_name, partition_name)) IS NOT NULL THEN
    RETURN;
  END IF;
  -- One session at a time. A table lock and not an advisory one: only it makes this session look again at what others
  -- have created. It is the lock that attaching takes anyway; neither readers nor writers wait for it.
  EXECUTE format('LOCK TABLE %s IN SHARE UPDATE EXCLUSIVE MODE', parent);
  IF to_regclass(format('%I.%I', schema_name, partition_name)) IS NULL THEN
    EXECUTE format('CREATE TABLE %I.%I (LIKE %s INCLUDING ALL)', schema_name, partition_name, parent);
    -- The hour and day views filter on event_hour and on its day: these let the planner skip the partition then, too.
    EXECUTE format(
      'ALTER TABLE %I.%I ADD CHECK (event_hour >= %L AND event_hour < %L),'
      ' ADD CHECK (date_bin(interval ''1 day'', event_hour, timestamptz ''1970-01-01 00:00:00Z'') = %3$L)',
      schema_name, partition_name,
      day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC');
    -- Attaching takes no lock that a reader would wait for, as CREATE TABLE ... PARTITION OF would.
    EXECUTE format('ALTER TABLE %s ATTACH PARTITION %I.%I FOR VALUES FROM (%L) TO (%L)',
      parent, schema_name, partition_name,
      day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC');
  END IF;
END
$$;
COMMENT ON FUNCTION weir.ensure_day IS 'Creates the partition of a cube table for one UTC day, unless it exists.';
