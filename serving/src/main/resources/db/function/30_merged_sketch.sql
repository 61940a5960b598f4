-- The last step of weir.merge(weir.sketch): adds the counts of equal bins. Nulls are ignored; null when nothing else was
-- there. The result is canonical (bins ascending), whatever the order of the sketches.
CREATE OR REPLACE FUNCTION weir.merged_sketch(sketches weir.sketch[]) RETURNS weir.sketch
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS
$$
DECLARE
  merged weir.sketch;
  torn boolean;
BEGIN
  IF cardinality(sketches) = 1 THEN
    RETURN sketches[1];
  END IF;
  SELECT coalesce(array_agg(bin ORDER BY bin), '{}'), coalesce(array_agg(total ORDER BY bin), '{}'), bool_or(bin IS NULL OR incomplete)
  INTO merged.bins, merged.counts, torn
  FROM (
    SELECT bin, sum(count)::bigint AS total, bool_or(count IS NULL) AS incomplete
    -- Unnested in the select list: as a function of the FROM clause each array would be written to a tuplestore first.
    FROM (SELECT unnest(sketch.bins) AS bin, unnest(sketch.counts) AS count FROM unnest(sketches) AS sketch) AS entry
    GROUP BY bin
  ) AS totals;
  IF torn THEN
    RAISE EXCEPTION 'a sketch has bins without counts, or counts without bins' USING ERRCODE = 'data_corrupted';
  END IF;
  IF merged.bins = '{}' AND num_nulls(VARIADIC sketches) = cardinality(sketches) THEN
    RETURN NULL;
  END IF;
  RETURN merged;
END
$$;
