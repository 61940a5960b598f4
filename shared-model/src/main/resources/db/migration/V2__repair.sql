-- What finding and repairing damage needs: second copies and digests to compare with, sealed hours, files to delete.

-- Jobs of the version before may be at work. A run of the batch layer must have ended; one that comes later is refused
-- for want of a kind. The speed layer's commits wait for the head, and are then refused for want of a journal entry.

SET LOCAL lock_timeout = '1min';
DO $$
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('weir.batch_run', 0)) THEN
    RAISE EXCEPTION 'a run of the batch layer is at work' USING HINT = 'Wait until it has ended, then migrate again.';
  END IF;
END
$$;
LOCK TABLE weir.batch_run, weir.reconciliation, weir.compacted_hour;
SELECT FROM weir.head FOR UPDATE;

CREATE FUNCTION weir.wrapped(sum numeric) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ((((sum + 9223372036854775808) % 18446744073709551616) + 18446744073709551616) % 18446744073709551616
  - 9223372036854775808)::bigint;
COMMENT ON FUNCTION weir.wrapped IS 'A sum of 64-bit hashes modulo 2^64, as a signed bigint: what Java''s long gives.';

-- Journal: a second copy of everything that the ledger and the manifest say of a commit.

CREATE TABLE weir.journal (
  commit bigint PRIMARY KEY,
  entry  jsonb NOT NULL
);
COMMENT ON TABLE weir.journal IS 'For each commit, in one value, what the ledger and the manifest say of it: written in the commit''s own transaction, compared and restored from by weir repair.';

CREATE FUNCTION weir.journal_entry(of_commit bigint) RETURNS jsonb
LANGUAGE sql STABLE
SET timezone = 'UTC'
AS $$
  SELECT jsonb_build_object(
    'ledger', to_jsonb(l),
    'sources', (
      SELECT coalesce(jsonb_agg(to_jsonb(s) - 'commit' ORDER BY s.source), '[]')
      FROM weir.ledger_source s WHERE s.commit = l.commit),
    'offsets', (
      SELECT coalesce(jsonb_agg(to_jsonb(o) - 'commit' ORDER BY o.source, o.topic, o.partition), '[]')
      FROM weir.ledger_offset o WHERE o.commit = l.commit),
    'dead_letters', (
      SELECT coalesce(jsonb_agg(to_jsonb(d) - 'commit' ORDER BY d.source, d.reason), '[]')
      FROM weir.dead_letter_count d WHERE d.commit = l.commit),
    'files', (
      SELECT coalesce(jsonb_agg(
        jsonb_build_object(
          'path', f.path, 'kind', f.kind, 'bytes', f.bytes, 'row_count', f.row_count,
          'hours', (
            SELECT coalesce(jsonb_agg(
              jsonb_build_object('event_hour', m.event_hour, 'row_count', m.row_count, 'hash_sum', m.hash_sum)
              ORDER BY m.event_hour), '[]')
            FROM weir.archive_manifest m WHERE m.file_id = f.file_id))
        ORDER BY f.path), '[]')
      FROM weir.archive_file f WHERE f.commit = l.commit))
  FROM weir.ledger l
  WHERE l.commit = of_commit
$$;
COMMENT ON FUNCTION weir.journal_entry IS 'What the ledger and the manifest say of a commit at this moment; null if the ledger does not know it.';

CREATE FUNCTION weir.journal_lines(entry jsonb)
RETURNS TABLE (of_table text, key text, event_hour timestamptz, line jsonb)
LANGUAGE sql STABLE
SET timezone = 'UTC' SET datestyle = 'ISO'
AS $$
  SELECT 'ledger', '', NULL::timestamptz, entry -> 'ledger'
  WHERE entry IS NOT NULL
  UNION ALL
  SELECT 'ledger_source', s ->> 'source', NULL, s
  FROM jsonb_array_elements(entry -> 'sources') AS s
  UNION ALL
  SELECT 'ledger_offset', concat_ws(' ', o ->> 'source', o ->> 'topic', o ->> 'partition'), NULL, o
  FROM jsonb_array_elements(entry -> 'offsets') AS o
  UNION ALL
  SELECT 'dead_letter_count', concat_ws(' ', d ->> 'source', d ->> 'reason'), NULL, d
  FROM jsonb_array_elements(entry -> 'dead_letters') AS d
  UNION ALL
  SELECT 'archive_file', f ->> 'path', NULL, f - 'hours'
  FROM jsonb_array_elements(entry -> 'files') AS f
  UNION ALL
  SELECT 'archive_manifest', concat_ws(' ', f ->> 'path', h ->> 'event_hour'), (h ->> 'event_hour')::timestamptz, h
  FROM jsonb_array_elements(entry -> 'files') AS f, jsonb_array_elements(f -> 'hours') AS h
$$;
COMMENT ON FUNCTION weir.journal_lines IS 'A journal entry as the table rows it stands for, to name the one that differs.';

INSERT INTO weir.journal (commit, entry)
SELECT commit, weir.journal_entry(commit) FROM weir.ledger;

CREATE FUNCTION weir.require_journal_entry() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM weir.journal j WHERE j.commit = NEW.commit) THEN
    RAISE EXCEPTION 'commit % has no journal entry: the job that writes it is older than these tables', NEW.commit
      USING HINT = 'Nothing was committed and nothing is lost. Cancel that job and start the current speed layer from its last checkpoint.';
  END IF;
  RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER journaled AFTER INSERT ON weir.ledger DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION weir.require_journal_entry();

-- Digests: number and hash of the rows of each cube table, per event hour and commit or version.

CREATE TABLE weir.row_digest (
  event_hour      timestamptz NOT NULL,
  cube            text NOT NULL,
  definition_hash text NOT NULL,
  layer           text NOT NULL CHECK (layer IN ('speed', 'minute', 'hour')),
  tag             bigint NOT NULL,
  row_count       bigint NOT NULL,
  hash            bigint NOT NULL,
  PRIMARY KEY (event_hour, cube, definition_hash, layer, tag)
);
COMMENT ON TABLE weir.row_digest IS 'Number and order-free hash of the rows of one event hour in a cube table, noted when they were written: a row changed since is found.';
COMMENT ON COLUMN weir.row_digest.layer IS 'speed: the deltas; minute, hour: the batch layer''s rows.';
COMMENT ON COLUMN weir.row_digest.tag IS 'Commit of the deltas, or version of the batch rows.';
CREATE INDEX ON weir.row_digest (tag) WHERE layer <> 'speed';

CREATE FUNCTION weir.cube_table(layer text, cube text, definition_hash text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE layer WHEN 'speed' THEN 'speed.' ELSE 'batch.' END
  || quote_ident(cube || '_' || left(definition_hash, 8) || CASE layer WHEN 'speed' THEN '' ELSE '_' || layer END);
COMMENT ON FUNCTION weir.cube_table IS 'Qualified name of a cube''s table: layer is speed, minute or hour.';

CREATE FUNCTION weir.row_digests(
  of_layer text, of_cube text, of_definition text, hours timestamptz[], of_tag bigint DEFAULT NULL)
RETURNS TABLE (event_hour timestamptz, tag bigint, row_count bigint, hash bigint)
LANGUAGE plpgsql STABLE
SET timezone = 'UTC' SET datestyle = 'ISO' SET bytea_output = 'hex' SET extra_float_digits = 1
AS $$
BEGIN
  -- The tag stands first in each table; a row's text holds it, so that rows moved to another tag are found, too.
  RETURN QUERY EXECUTE format(
    'SELECT t.event_hour, t.%1$I, count(*), bit_xor(hashtextextended(t::text, 0))'
    ' FROM %2$s AS t WHERE t.event_hour = ANY ($1) AND ($2 IS NULL OR t.%1$I = $2) GROUP BY 1, 2',
    CASE of_layer WHEN 'speed' THEN 'commit' ELSE 'version' END,
    weir.cube_table(of_layer, of_cube, of_definition))
  USING hours, of_tag;
END
$$;
COMMENT ON FUNCTION weir.row_digests IS 'Digests of the rows that a cube table holds at this moment, of these event hours; of one commit or version, or of all.';

CREATE FUNCTION weir.note_digests(
  of_layer text, of_cube text, of_definition text, hours timestamptz[], of_tag bigint DEFAULT NULL)
RETURNS void
LANGUAGE sql
AS $$
  INSERT INTO weir.row_digest AS d (event_hour, cube, definition_hash, layer, tag, row_count, hash)
  SELECT r.event_hour, of_cube, of_definition, of_layer, r.tag, r.row_count, r.hash
  FROM weir.row_digests(of_layer, of_cube, of_definition, hours, of_tag) AS r
  ON CONFLICT ON CONSTRAINT row_digest_pkey DO UPDATE
    SET row_count = excluded.row_count, hash = excluded.hash
$$;
COMMENT ON FUNCTION weir.note_digests IS 'Notes the digests of rows just written, in the transaction that wrote them.';

DO $$
DECLARE
  definition record;
  noted text;
  hours timestamptz[];
BEGIN
  FOR definition IN SELECT cube, definition_hash FROM weir.cube LOOP
    FOREACH noted IN ARRAY ARRAY['speed', 'minute', 'hour'] LOOP
      IF to_regclass(weir.cube_table(noted, definition.cube, definition.definition_hash)) IS NOT NULL THEN
        EXECUTE format('SELECT array_agg(DISTINCT event_hour) FROM %s',
          weir.cube_table(noted, definition.cube, definition.definition_hash)) INTO hours;
        PERFORM weir.note_digests(noted, definition.cube, definition.definition_hash, hours);
      END IF;
    END LOOP;
  END LOOP;
END
$$;

-- What a compaction holds, so that a missing line of the manifest is found.

ALTER TABLE weir.compacted_hour ADD COLUMN row_count bigint, ADD COLUMN hash_sum bigint;
UPDATE weir.compacted_hour AS c
SET row_count = listed.row_count, hash_sum = listed.hash_sum
FROM (
  SELECT c.event_hour, coalesce(sum(m.row_count), 0) AS row_count, weir.wrapped(coalesce(sum(m.hash_sum), 0)) AS hash_sum
  FROM weir.compacted_hour c
  LEFT JOIN (weir.archive_manifest m JOIN weir.archive_file f ON f.file_id = m.file_id AND f.kind = 'hours')
    ON m.event_hour = c.event_hour AND f.version = c.version
  GROUP BY c.event_hour
) AS listed
WHERE listed.event_hour = c.event_hour;
ALTER TABLE weir.compacted_hour ALTER COLUMN row_count SET NOT NULL, ALTER COLUMN hash_sum SET NOT NULL;
COMMENT ON COLUMN weir.compacted_hour.row_count IS 'Rows of its files together.';
COMMENT ON COLUMN weir.compacted_hour.hash_sum IS 'Hash sum of its files together, modulo 2^64.';

-- Sealed hours, and files that nothing needs any more.

CREATE TABLE weir.sealed_hour (
  event_hour timestamptz PRIMARY KEY,
  reason     text NOT NULL CHECK (reason IN ('retention', 'damaged')),
  detail     text NOT NULL,
  sealed_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE weir.sealed_hour IS 'Event hours whose archived events are gone: never recomputed; what commits add later is folded into the served version.';

CREATE TABLE weir.file_to_delete (
  path  text PRIMARY KEY,
  since timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE weir.file_to_delete IS 'Archive files that no manifest entry in use needs: noted in the transaction that let go of them, deleted after it. Paths are relative to the archive root.';

-- Runs of more kinds, and more kinds of checks.

ALTER TABLE weir.batch_run ADD COLUMN kind text NOT NULL DEFAULT 'run'
  CHECK (kind IN ('run', 'verify', 'repair', 'rollback', 'rewind'));
ALTER TABLE weir.batch_run ALTER COLUMN kind DROP DEFAULT;
COMMENT ON COLUMN weir.batch_run.kind IS 'run: absorbs commits; verify: compares everything; repair: recomputes damaged hours; rollback: serves earlier versions again; rewind: removes commits.';
ALTER TABLE weir.batch_run ADD COLUMN from_hour timestamptz, ADD COLUMN to_hour timestamptz;
COMMENT ON COLUMN weir.batch_run.from_hour IS 'First event hour of the range that the run was given; null: none, it looked at all that is its kind''s business.';
COMMENT ON COLUMN weir.batch_run.to_hour IS 'End of that range, exclusive.';
ALTER TABLE weir.batch_run DROP CONSTRAINT batch_run_state_check;
ALTER TABLE weir.batch_run ADD CONSTRAINT batch_run_state_check
  CHECK (state IN ('running', 'published', 'failed', 'nothing-changed', 'verified', 'replaced'));

ALTER TABLE weir.reconciliation DROP CONSTRAINT reconciliation_check_name_check;
ALTER TABLE weir.reconciliation ADD CONSTRAINT reconciliation_check_name_check CHECK (check_name IN (
  'archive-complete', 'speed-equals-archive', 'compaction', 'conservation', 'ledger', 'rows-unaltered', 'unlisted-file', 'sealed'));
COMMENT ON TABLE weir.reconciliation IS 'What each run compared and whether it agreed: archive against manifest, archive against speed rows, compacted files against their inputs, counters against each other, ledger and manifest against the journal, rows against their digests.';
COMMENT ON COLUMN weir.reconciliation.subject IS 'A file, a commit, a cube, a cube table or a source.';
CREATE INDEX ON weir.reconciliation (version) WHERE NOT agrees;
