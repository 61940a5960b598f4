-- Roll-ups: rows of the cubes added up beforehand by the serving application, so that a question reads few. A view uses one
-- only while it is of exactly what the coverage and the commit log say; whatever happens to it, no number changes.

CREATE SCHEMA rollup;
COMMENT ON SCHEMA rollup IS 'Roll-ups of the cubes: tables named like those of batch, and views of cubes with fewer dimensions. Derived: may be emptied at any time.';

CREATE TABLE weir.roll_up (
  cube             text NOT NULL,
  definition_hash  text NOT NULL,
  event_hour       timestamptz NOT NULL,
  version          bigint NOT NULL,
  absorbed_through bigint NOT NULL,
  through_commit   bigint NOT NULL,
  minutes          boolean NOT NULL,
  PRIMARY KEY (cube, definition_hash, event_hour),
  CHECK (minutes OR through_commit = absorbed_through)
) WITH (fillfactor = 70);
COMMENT ON TABLE weir.roll_up IS 'Event hours that are rolled up: valid while the coverage says the same version and absorption, and the ledger knows the last commit.';
COMMENT ON COLUMN weir.roll_up.version IS 'Batch version of the hour; 0: none was published.';
COMMENT ON COLUMN weir.roll_up.absorbed_through IS 'Last commit that this version has absorbed; 0: none.';
COMMENT ON COLUMN weir.roll_up.through_commit IS 'Its rows hold the commits after the absorbed one up to this one.';
COMMENT ON COLUMN weir.roll_up.minutes IS 'Whether minutes are rolled up, too: those of the last days, and wherever commits were added; hours always are.';

CREATE TABLE weir.roll_up_day (
  cube            text NOT NULL,
  definition_hash text NOT NULL,
  day             timestamptz NOT NULL,
  published       bigint[] NOT NULL,
  PRIMARY KEY (cube, definition_hash, day)
);
COMMENT ON TABLE weir.roll_up_day IS 'UTC days that are rolled up: valid while exactly these versions of these hours are published.';
COMMENT ON COLUMN weir.roll_up_day.published IS 'Hour of the day and batch version, of each covered hour in order.';

CREATE TABLE weir.roll_up_cube (
  cube            text NOT NULL,
  definition_hash text NOT NULL,
  through_commit  bigint NOT NULL,
  PRIMARY KEY (cube, definition_hash)
) WITH (fillfactor = 50);
COMMENT ON TABLE weir.roll_up_cube IS 'Up to which commit all speed rows of a cube are rolled up or absorbed, when its roll-ups were last brought up to date.';
COMMENT ON COLUMN weir.roll_up.cube IS 'Name of the cube.';
COMMENT ON COLUMN weir.roll_up.definition_hash IS 'Its definition.';
COMMENT ON COLUMN weir.roll_up.event_hour IS 'The hour that is rolled up.';
COMMENT ON COLUMN weir.roll_up_day.cube IS 'Name of the cube.';
COMMENT ON COLUMN weir.roll_up_day.definition_hash IS 'Its definition.';
COMMENT ON COLUMN weir.roll_up_day.day IS 'Start of the UTC day.';
COMMENT ON COLUMN weir.roll_up_cube.cube IS 'Name of the cube.';
COMMENT ON COLUMN weir.roll_up_cube.definition_hash IS 'Its definition.';
COMMENT ON COLUMN weir.roll_up_cube.through_commit IS 'Up to this commit.';

-- What no earlier migration has explained.

COMMENT ON SCHEMA weir IS 'The contract between the layers: commit log, archive manifest, coverage, runs of the batch layer; and the functions that merge and read sketches.';
COMMENT ON SCHEMA speed IS 'What each commit of the speed layer added: a table for each definition of a cube.';
COMMENT ON SCHEMA live IS 'The live preview, epochs not yet committed: a table for each definition of a cube.';
COMMENT ON SCHEMA batch IS 'What the batch layer recomputed, by version: minutes and hours of each definition of a cube.';
COMMENT ON SCHEMA serving IS 'What you query: the merged views of every cube, and how fresh and how sound they are.';

COMMENT ON COLUMN weir.pipeline.only_row IS 'Makes it one row.';
COMMENT ON COLUMN weir.pipeline.name IS 'Name of the pipeline.';
COMMENT ON COLUMN weir.pipeline.declaration IS 'Text of the declaration.';
COMMENT ON COLUMN weir.pipeline.declared_at IS 'When it was applied.';
COMMENT ON COLUMN weir.head.only_row IS 'Makes it one row.';
COMMENT ON COLUMN weir.head.claimed_at IS 'When the owner claimed the pipeline.';
COMMENT ON COLUMN weir.ledger.commit IS 'Number of the commit, ascending, never reused.';
COMMENT ON COLUMN weir.ledger.uuid IS 'The committable.';
COMMENT ON COLUMN weir.ledger.parent IS 'The committable before it.';
COMMENT ON COLUMN weir.ledger.attempt IS 'The claim under which it was committed.';
COMMENT ON COLUMN weir.ledger.job_id IS 'Flink job that committed it.';
COMMENT ON COLUMN weir.ledger.checkpoint IS 'Flink checkpoint that ended the epoch.';
COMMENT ON COLUMN weir.ledger.committed_at IS 'When it was committed.';
COMMENT ON COLUMN weir.ledger.min_event_time IS 'Time of its oldest event; null: it counted none.';
COMMENT ON COLUMN weir.ledger.max_event_time IS 'Time of its newest event; null: it counted none.';
COMMENT ON COLUMN weir.ledger_source.commit IS 'The commit.';
COMMENT ON COLUMN weir.ledger_source.source IS 'A source of the declaration.';
COMMENT ON COLUMN weir.ledger_source.records_in IS 'Records read.';
COMMENT ON COLUMN weir.ledger_source.counted IS 'Of them, events that were counted.';
COMMENT ON COLUMN weir.ledger_source.duplicate IS 'Of them, duplicates that were dropped.';
COMMENT ON COLUMN weir.ledger_source.dead_lettered IS 'Of them, records that were rejected.';
COMMENT ON COLUMN weir.ledger_source.filtered IS 'Of them, records that the declaration leaves out.';
COMMENT ON COLUMN weir.ledger_offset.commit IS 'The commit.';
COMMENT ON COLUMN weir.ledger_offset.source IS 'A source of the declaration.';
COMMENT ON COLUMN weir.ledger_offset.topic IS 'Its Kafka topic.';
COMMENT ON COLUMN weir.ledger_offset.partition IS 'A partition of the topic.';
COMMENT ON COLUMN weir.ledger_offset.next_offset IS 'Offset of the next record to read.';
COMMENT ON COLUMN weir.dead_letter_count.commit IS 'The commit.';
COMMENT ON COLUMN weir.dead_letter_count.source IS 'A source of the declaration.';
COMMENT ON COLUMN weir.dead_letter_count.reason IS 'Why records were rejected.';
COMMENT ON COLUMN weir.dead_letter_count.records IS 'How many.';
COMMENT ON COLUMN weir.dead_letter_sample.commit IS 'The commit.';
COMMENT ON COLUMN weir.dead_letter_sample.source IS 'A source of the declaration.';
COMMENT ON COLUMN weir.dead_letter_sample.topic IS 'Where the record stood.';
COMMENT ON COLUMN weir.dead_letter_sample.partition IS 'Where the record stood.';
COMMENT ON COLUMN weir.dead_letter_sample."offset" IS 'Where the record stood.';
COMMENT ON COLUMN weir.dead_letter_sample.record_time IS 'The record''s timestamp in Kafka.';
COMMENT ON COLUMN weir.dead_letter_sample.reason IS 'Why it was rejected.';
COMMENT ON COLUMN weir.dead_letter_sample.detail IS 'What was wrong with it.';
COMMENT ON COLUMN weir.dead_letter_sample.raw IS 'Its bytes, at most 4 KiB.';
COMMENT ON COLUMN weir.live_writer.writer IS 'Drawn by each execution of the operator that writes live rows.';
COMMENT ON COLUMN weir.live_writer.attempt IS 'The claim under which it is registered.';
COMMENT ON COLUMN weir.live_writer.registered_at IS 'When it was registered.';
COMMENT ON COLUMN weir.cube.cube IS 'Name of the cube.';
COMMENT ON COLUMN weir.cube.definition_hash IS 'Hash of the definition: dimensions, measures and what they mean.';
COMMENT ON COLUMN weir.cube.current IS 'Whether it is the declared one.';
COMMENT ON COLUMN weir.cube.declared_at IS 'When it was first declared.';
COMMENT ON COLUMN weir.archive_file.file_id IS 'Number of the file.';
COMMENT ON COLUMN weir.archive_file.kind IS 'arrivals: what the speed layer wrote; hours: compacted by the batch layer; dead-letters: rejected records.';
COMMENT ON COLUMN weir.archive_file.bytes IS 'Length of the file.';
COMMENT ON COLUMN weir.archive_file.row_count IS 'Rows in the file.';
COMMENT ON COLUMN weir.archive_file.commit IS 'Commit that listed it; null for compacted files.';
COMMENT ON COLUMN weir.archive_file.version IS 'Batch version that listed it; null for what the speed layer wrote.';
COMMENT ON COLUMN weir.archive_file.listed_at IS 'When it was listed.';
COMMENT ON COLUMN weir.archive_file.deleted_at IS 'When it was let go of; null: it is there.';
COMMENT ON COLUMN weir.archive_manifest.file_id IS 'The file.';
COMMENT ON COLUMN weir.archive_manifest.event_hour IS 'An event hour that it has rows of.';
COMMENT ON COLUMN weir.archive_manifest.row_count IS 'How many.';
COMMENT ON COLUMN weir.archive_manifest.hash_sum IS 'Sum of their hashes, modulo 2^64.';
COMMENT ON COLUMN weir.batch_run.version IS 'Number of the run, and version of what it publishes.';
COMMENT ON COLUMN weir.batch_run.state IS 'running, published, failed, nothing-changed, verified or replaced.';
COMMENT ON COLUMN weir.batch_run.started_at IS 'When it began.';
COMMENT ON COLUMN weir.batch_run.finished_at IS 'When it ended; null: it runs, or was killed.';
COMMENT ON COLUMN weir.batch_run.through_commit IS 'Last commit that it looks at.';
COMMENT ON COLUMN weir.batch_run.hours IS 'Event hours that it published.';
COMMENT ON COLUMN weir.batch_run.rows_read IS 'Archived rows that it read.';
COMMENT ON COLUMN weir.batch_run.duplicates IS 'Duplicates beyond the horizon that it dropped.';
COMMENT ON COLUMN weir.batch_run.message IS 'What was left or went wrong; null: nothing.';
COMMENT ON COLUMN weir.batch_fence.only_row IS 'Makes it one row.';
COMMENT ON COLUMN weir.batch_fence.version IS 'The run that may publish.';
COMMENT ON COLUMN weir.coverage.cube IS 'Name of the cube.';
COMMENT ON COLUMN weir.coverage.definition_hash IS 'Its definition.';
COMMENT ON COLUMN weir.coverage.event_hour IS 'The event hour.';
COMMENT ON COLUMN weir.coverage.version IS 'The batch version being served.';
COMMENT ON COLUMN weir.coverage.absorbed_through IS 'Last commit that this version holds.';
COMMENT ON COLUMN weir.coverage.published_at IS 'When it was published.';
COMMENT ON COLUMN weir.compacted_hour.event_hour IS 'The event hour.';
COMMENT ON COLUMN weir.compacted_hour.version IS 'The run that compacted it.';
COMMENT ON COLUMN weir.compacted_hour.absorbed_through IS 'Last commit whose events are in its files.';
COMMENT ON COLUMN weir.coverage_history.cube IS 'Name of the cube.';
COMMENT ON COLUMN weir.coverage_history.definition_hash IS 'Its definition.';
COMMENT ON COLUMN weir.coverage_history.event_hour IS 'The event hour.';
COMMENT ON COLUMN weir.coverage_history.version IS 'A version that is kept.';
COMMENT ON COLUMN weir.coverage_history.absorbed_through IS 'Last commit that it holds.';
COMMENT ON COLUMN weir.reconciliation.version IS 'The run.';
COMMENT ON COLUMN weir.reconciliation.checked_at IS 'When it compared.';
COMMENT ON COLUMN weir.reconciliation.event_hour IS 'The event hour; null where it concerns no single one.';
COMMENT ON COLUMN weir.reconciliation.check_name IS 'What was compared.';
COMMENT ON COLUMN weir.reconciliation.agrees IS 'Whether it agreed.';
COMMENT ON COLUMN weir.reconciliation.detail IS 'What differed; null where it agreed.';
COMMENT ON COLUMN weir.journal.commit IS 'The commit.';
COMMENT ON COLUMN weir.journal.entry IS 'What weir.journal_entry said of it when it was committed.';
COMMENT ON COLUMN weir.row_digest.event_hour IS 'The event hour.';
COMMENT ON COLUMN weir.row_digest.cube IS 'Name of the cube.';
COMMENT ON COLUMN weir.row_digest.definition_hash IS 'Its definition.';
COMMENT ON COLUMN weir.row_digest.row_count IS 'Number of rows.';
COMMENT ON COLUMN weir.row_digest.hash IS 'Exclusive or of the hashes of their texts.';
COMMENT ON COLUMN weir.sealed_hour.event_hour IS 'The event hour.';
COMMENT ON COLUMN weir.sealed_hour.reason IS 'retention: the archive was deleted as declared; damaged: it was lost.';
COMMENT ON COLUMN weir.sealed_hour.detail IS 'Which files are gone.';
COMMENT ON COLUMN weir.sealed_hour.sealed_at IS 'Since when.';
COMMENT ON COLUMN weir.file_to_delete.path IS 'Relative to the archive root.';
COMMENT ON COLUMN weir.file_to_delete.since IS 'When it was let go of.';
COMMENT ON FUNCTION weir.require_journal_entry IS 'Trigger: refuses a commit without its journal entry.';
COMMENT ON FUNCTION weir.look_for_arrivals_of_covered IS 'Trigger: a sealed hour whose coverage changed may have arrivals files to let go of.';
COMMENT ON FUNCTION weir.look_for_all_arrivals IS 'Trigger: a changed declaration may let go of arrivals files of sealed hours.';
