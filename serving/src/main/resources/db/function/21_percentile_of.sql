-- The percentile of a sketch whose counts are known to add up to total: weir.percentile without adding them up. A loop, not
-- a query: most sketches have few bins, and starting a query costs more than walking through them, from the nearer end.
CREATE OR REPLACE FUNCTION weir.percentile_of(sketch weir.sketch, fraction numeric, total bigint) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS
$$
DECLARE
  bins CONSTANT int[] := sketch.bins;
  counts CONSTANT bigint[] := sketch.counts;
  bin int := cardinality(bins);
  remaining bigint;
BEGIN
  IF fraction < 0 OR fraction > 1 THEN
    RAISE EXCEPTION 'the fraction % is outside 0 to 1', fraction USING ERRCODE = 'numeric_value_out_of_range';
  END IF;
  IF bin IS DISTINCT FROM cardinality(counts) THEN
    RAISE EXCEPTION 'the sketch has % bins, but % counts', bin, cardinality(counts) USING ERRCODE = 'data_corrupted';
  END IF;
  IF coalesce(bin, 0) = 0 THEN
    RETURN NULL;
  END IF;
  remaining := greatest(1, ceil(fraction * total));
  IF remaining > total / 2 THEN
    -- Counted from above, the same value is the one of rank total - remaining + 1.
    remaining := total - remaining;
    LOOP
      remaining := remaining - counts[bin];
      EXIT WHEN (remaining < 0) IS NOT false;
      bin := bin - 1;
    END LOOP;
  ELSE
    bin := 0;
    WHILE remaining > 0 LOOP
      bin := bin + 1;
      remaining := remaining - counts[bin];
    END LOOP;
  END IF;
  IF remaining IS NULL THEN
    RAISE EXCEPTION 'the counts of the sketch do not add up to %', total USING ERRCODE = 'data_corrupted';
  END IF;
  RETURN weir.bin_value(bins[bin]);
END
$$;
