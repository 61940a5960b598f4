-- A run of the batch layer, and the digests of a commit, cost what has changed, however long the history is.

-- A run of the batch layer must have ended: it would keep these tables locked.

SET LOCAL lock_timeout = '1min';
DO $$
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('weir.batch_run', 0)) THEN
    RAISE EXCEPTION 'a run of the batch layer is at work' USING HINT = 'Wait until it has ended, then migrate again.';
  END IF;
END
$$;
-- Commits write to the tables that get an index: they wait before they have locked any.
SELECT FROM weir.head FOR UPDATE;

CREATE OR REPLACE FUNCTION weir.row_digests(
  of_layer text, of_cube text, of_definition text, hours timestamptz[], of_tag bigint DEFAULT NULL)
RETURNS TABLE (event_hour timestamptz, tag bigint, row_count bigint, hash bigint)
LANGUAGE plpgsql STABLE
SET timezone = 'UTC' SET datestyle = 'ISO' SET bytea_output = 'hex' SET extra_float_digits = 1
AS $$
DECLARE
  -- The tag stands first in each table; a row's text holds it, so that rows moved to another tag are found, too.
  digests text := format(
    'SELECT t.event_hour, t.%1$I, count(*), bit_xor(hashtextextended(t::text, 0))'
    ' FROM %2$s AS t WHERE t.bucket >= $1 AND t.bucket < $2 AND t.event_hour = ANY ($3) AND ($4 IS NULL OR t.%1$I = $4)'
    ' GROUP BY 1, 2',
    CASE of_layer WHEN 'speed' THEN 'commit' ELSE 'version' END,
    weir.cube_table(of_layer, of_cube, of_definition));
  of_day record;
BEGIN
  -- One day's partition after the other, and no other one opened. A partition holds the event hours of its day only, so that
  -- the day's buckets are all there can be, those of a row moved by hand included.
  FOR of_day IN
    SELECT date_bin(interval '1 day', h.hour, timestamptz '1970-01-01 00:00:00Z') AS start, array_agg(h.hour) AS hours
    FROM unnest(hours) AS h (hour)
    GROUP BY 1
  LOOP
    RETURN QUERY EXECUTE digests USING of_day.start, of_day.start + interval '24 hours', of_day.hours, of_tag;
  END LOOP;
END
$$;

-- What is looked for in every run, beside all that is not.

CREATE INDEX ON weir.row_digest (cube, definition_hash, event_hour, tag) WHERE layer = 'speed';
CREATE INDEX ON weir.coverage_history (version);
CREATE INDEX ON weir.batch_run (through_commit);
CREATE INDEX ON weir.batch_run (version) WHERE state = 'running';
CREATE INDEX ON weir.archive_file (listed_at) WHERE kind = 'dead-letters' AND deleted_at IS NULL;
