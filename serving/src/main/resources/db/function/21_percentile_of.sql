-- The percentile of a sketch whose counts are known to add up to total: weir.percentile without adding them up; not of live rows. A loop, not
-- a query: most sketches have few bins, and starting a query costs more than walking through them, from the nearer end. The
-- arrays are not put into variables, which would copy them.
CREATE OR REPLACE FUNCTION weir.percentile_of(sketch weir.sketch, fraction numeric, total bigint) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS
$$
DECLARE
  bin int := cardinality(sketch.bins);
  remaining bigint := greatest(1, ceil(fraction * total));
BEGIN
  IF fraction < 0 OR fraction > 1 THEN
    RAISE EXCEPTION 'the fraction % is outside 0 to 1', fraction USING ERRCODE = 'numeric_value_out_of_range';
  END IF;
  IF bin IS DISTINCT FROM cardinality(sketch.counts) THEN
    RAISE EXCEPTION 'the sketch has % bins, but % counts', bin, cardinality(sketch.counts)
      USING ERRCODE = 'data_corrupted';
  END IF;
  IF coalesce(bin, 0) = 0 THEN
    RETURN NULL;
  END IF;
  IF remaining > total / 2 THEN
    -- Counted from above, the same value is the one of rank total - remaining + 1.
    remaining := total - remaining - sketch.counts[bin];
    WHILE remaining >= 0 LOOP
      bin := bin - 1;
      remaining := remaining - sketch.counts[bin];
    END LOOP;
  ELSE
    bin := 1;
    remaining := remaining - sketch.counts[bin];
    WHILE remaining > 0 LOOP
      bin := bin + 1;
      remaining := remaining - sketch.counts[bin];
    END LOOP;
  END IF;
  IF remaining IS NULL THEN
    RAISE EXCEPTION 'the counts of the sketch do not add up to %', total USING ERRCODE = 'data_corrupted';
  END IF;
  RETURN weir.bin_value(sketch.bins[bin]);
END
$$;
