-- A digest is of the rows' values and no longer of their text: to hash these takes a sixth of the time where sketches are large. Those
-- noted before stay as they are until their rows are gone, and are compared as they were made.

-- A run of the batch layer must have ended: it would keep the table locked.

SET LOCAL lock_timeout = '1min';
DO $$
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('weir.batch_run', 0)) THEN
    RAISE EXCEPTION 'a run of the batch layer is at work' USING HINT = 'Wait until it has ended, then migrate again.';
  END IF;
END
$$;
-- Commits write to it: they wait before they have locked any other.
SELECT FROM weir.head FOR UPDATE;

CREATE OR REPLACE FUNCTION weir.row_digests(
  of_layer text, of_cube text, of_definition text, hours timestamptz[], of_tag bigint DEFAULT NULL)
RETURNS TABLE (event_hour timestamptz, tag bigint, row_count bigint, hash bigint)
LANGUAGE plpgsql STABLE
SET timezone = 'UTC' SET datestyle = 'ISO' SET bytea_output = 'hex' SET extra_float_digits = 1
AS $$
DECLARE
  -- The tag stands first in each table; a row's hash is of it, too, so that rows moved to another tag are found.
  digests text := format(
    'SELECT t.event_hour, t.%1$I, count(*), %3$s'
    ' FROM %2$s AS t WHERE t.bucket >= $1 AND t.bucket < $2 AND t.event_hour = ANY ($3) AND ($4 IS NULL OR t.%1$I = $4)'
    ' AND (t.event_hour, t.%1$I) %4$s (SELECT o.event_hour, o.tag FROM weir.row_digest AS o'
    ' WHERE o.of_text AND o.event_hour = ANY ($3) AND ($4 IS NULL OR o.tag = $4)'
    ' AND o.layer = $5 AND o.cube = $6 AND o.definition_hash = $7)'
    ' GROUP BY 1, 2',
    CASE of_layer WHEN 'speed' THEN 'commit' ELSE 'version' END,
    weir.cube_table(of_layer, of_cube, of_definition),
    '%s',
    '%s');
  of_values text := format(digests, 'bit_xor(hash_record_extended(t, 0))', 'NOT IN');
  of_texts text := format(digests, 'bit_xor(hashtextextended(t::text, 0))', 'IN');
  of_day record;
BEGIN
  -- One day's partition after the other, and no other one opened. A partition holds the event hours of its day only, so that
  -- the day's buckets are all there can be, those of a row moved by hand included.
  FOR of_day IN
    SELECT date_bin(interval '1 day', h.hour, timestamptz '1970-01-01 00:00:00Z') AS start, array_agg(h.hour) AS hours
    FROM unnest(hours) AS h (hour)
    GROUP BY 1
  LOOP
    RETURN QUERY EXECUTE of_values
    USING of_day.start, of_day.start + interval '24 hours', of_day.hours, of_tag, of_layer, of_cube, of_definition;
    IF EXISTS (
      SELECT
      FROM weir.row_digest AS o
      WHERE o.of_text AND o.event_hour = ANY (of_day.hours) AND (of_tag IS NULL OR o.tag = of_tag)
        AND o.layer = of_layer AND o.cube = of_cube AND o.definition_hash = of_definition
    ) THEN
      RETURN QUERY EXECUTE of_texts
      USING of_day.start, of_day.start + interval '24 hours', of_day.hours, of_tag, of_layer, of_cube, of_definition;
    END IF;
  END LOOP;
END
$$;

-- Last, because questions wait for the table.
ALTER TABLE weir.row_digest ADD COLUMN of_text boolean NOT NULL DEFAULT true;
ALTER TABLE weir.row_digest ALTER COLUMN of_text SET DEFAULT false;
CREATE INDEX ON weir.row_digest (cube, definition_hash, layer, event_hour, tag) WHERE of_text;
COMMENT ON COLUMN weir.row_digest.hash IS 'Exclusive or of the hashes of the rows.';
COMMENT ON COLUMN weir.row_digest.of_text IS 'Whether these are hashes of the rows'' texts, as they were before, and not of their values.';
