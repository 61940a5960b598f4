-- Published rows keep their percentiles and distinct counts beside the sketches these are read from. To declare another percentile
-- leaves a definition, and so its tables, the same: they get one more column.

CREATE FUNCTION weir.add_computed_columns(of_table regclass, names text[]) RETURNS void
LANGUAGE plpgsql
SET lock_timeout = '2s'
AS $$
DECLARE
  added text;
  left_to_try int := 20;
BEGIN
  SELECT string_agg(format('ADD COLUMN %I bigint', n.name), ', ' ORDER BY n.place)
  INTO added
  FROM unnest(names) WITH ORDINALITY AS n (name, place)
  WHERE NOT EXISTS (
    SELECT FROM pg_attribute AS a WHERE a.attrelid = of_table AND a.attname = n.name AND NOT a.attisdropped
  );
  -- A table that has them all is not locked.
  IF added IS NULL THEN
    RETURN;
  END IF;
  IF NOT pg_try_advisory_xact_lock(hashtextextended('weir.batch_run', 0)) THEN
    RAISE EXCEPTION 'a run of the batch layer is at work' USING HINT = 'Wait until it has ended, then migrate again.';
  END IF;
  -- Questions wait for whoever waits for the table: so not for long, and again after a pause.
  LOOP
    BEGIN
      EXECUTE format('ALTER TABLE %s %s', of_table, added);
      RETURN;
    EXCEPTION WHEN lock_not_available THEN
      left_to_try := left_to_try - 1;
      IF left_to_try = 0 THEN
        RAISE EXCEPTION '% is read all the time', of_table
          USING ERRCODE = 'lock_not_available', HINT = 'Wait until long questions have ended, then migrate again.';
      END IF;
      PERFORM pg_sleep(1);
    END;
  END LOOP;
END
$$;
COMMENT ON FUNCTION weir.add_computed_columns IS 'Adds the columns that a table of published rows or of roll-ups lacks; rows that are there have nothing in them.';

-- What a row's digest is of stays the same where nothing is computed, so that digests noted before hold; and where something is, it is of
-- that, too. A column's hash begins with that of its row and its name: values that change places are found.
CREATE OR REPLACE FUNCTION weir.row_digests(
  of_layer text, of_cube text, of_definition text, hours timestamptz[], of_tag bigint DEFAULT NULL)
RETURNS TABLE (event_hour timestamptz, tag bigint, row_count bigint, hash bigint)
LANGUAGE plpgsql STABLE
SET timezone = 'UTC' SET datestyle = 'ISO' SET bytea_output = 'hex' SET extra_float_digits = 1
AS $$
DECLARE
  tag_column text := CASE of_layer WHEN 'speed' THEN 'commit' ELSE 'version' END;
  of_table text := weir.cube_table(of_layer, of_cube, of_definition);
  measured text;
  computed text;
  computed_hashes text;
  digests text;
  of_values text;
  of_texts text;
  of_day record;
BEGIN
  -- Computed is what rows of the speed layer do not have.
  SELECT
    string_agg(format('t.%I', a.attname), ', ' ORDER BY a.attnum) FILTER (WHERE NOT c.computed),
    coalesce(string_agg(format(', t.%I', a.attname), '') FILTER (WHERE c.computed), ''),
    coalesce(
      string_agg(
        format(' # coalesce(hashtextextended(r.%I::text, r.hash # %L::bigint), 0)', a.attname, hashtextextended(a.attname::text, 0)),
        '') FILTER (WHERE c.computed),
      '')
  INTO measured, computed, computed_hashes
  FROM pg_attribute AS a
  CROSS JOIN LATERAL (
    SELECT a.attname <> tag_column AND NOT EXISTS (
      SELECT FROM pg_attribute AS s
      WHERE s.attrelid = weir.cube_table('speed', of_cube, of_definition)::regclass
        AND s.attname = a.attname AND NOT s.attisdropped
    ) AS computed
  ) AS c
  WHERE a.attrelid = of_table::regclass AND a.attnum > 0 AND NOT a.attisdropped;
  -- A row's hash is of its tag, too, so that rows moved to another tag are found. It is computed once: hence the OFFSET.
  digests := format(
    'SELECT r.event_hour, r.tag, count(*), bit_xor(r.hash%1$s)'
    ' FROM (SELECT t.event_hour, t.%2$I AS tag, %3$s AS hash%4$s'
    ' FROM %5$s AS t WHERE t.bucket >= $1 AND t.bucket < $2 AND t.event_hour = ANY ($3) AND ($4 IS NULL OR t.%2$I = $4)'
    ' AND (t.event_hour, t.%2$I) %6$s (SELECT o.event_hour, o.tag FROM weir.row_digest AS o'
    ' WHERE o.of_text AND o.event_hour = ANY ($3) AND ($4 IS NULL OR o.tag = $4)'
    ' AND o.layer = $5 AND o.cube = $6 AND o.definition_hash = $7) OFFSET 0) AS r'
    ' GROUP BY 1, 2',
    computed_hashes, tag_column, '%1$s', computed, of_table, '%2$s');
  of_values := format(digests, format('hash_record_extended(ROW(%s), 0)', measured), 'NOT IN');
  of_texts := format(digests, format('hashtextextended(ROW(%s)::text, 0)', measured), 'IN');
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
