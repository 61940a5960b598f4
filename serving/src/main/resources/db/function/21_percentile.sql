-- The nearest-rank percentile of a sketch, as a scaled value: the middle of the bin that holds the value of rank
-- ceil(fraction * n), counted from 1. Fraction 0 asks for the smallest value. Null for an empty sketch.
-- The same digits as dev.weir.aggregate.LogLinearBins.percentile. A loop, not a query: most sketches have few bins, and
-- starting a query costs more than walking through them.
CREATE OR REPLACE FUNCTION weir.percentile(sketch weir.sketch, fraction numeric) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS
$$
DECLARE
  bins CONSTANT int[] := sketch.bins;
  counts CONSTANT bigint[] := sketch.counts;
  one bigint;
  total bigint := 0;
  remaining bigint;
BEGIN
  IF fraction < 0 OR fraction > 1 THEN
    RAISE EXCEPTION 'the fraction % is outside 0 to 1', fraction USING ERRCODE = 'numeric_value_out_of_range';
  END IF;
  IF cardinality(bins) IS DISTINCT FROM cardinality(counts) THEN
    RAISE EXCEPTION 'the sketch has % bins, but % counts', cardinality(bins), cardinality(counts)
      USING ERRCODE = 'data_corrupted';
  END IF;
  IF bins IS NULL OR bins = '{}' THEN
    RETURN NULL;
  END IF;
  FOREACH one IN ARRAY counts LOOP
    total := total + one;
  END LOOP;
  remaining := greatest(1, ceil(fraction * total));
  FOR i IN 1 .. cardinality(bins) LOOP
    remaining := remaining - counts[i];
    IF remaining <= 0 THEN
      RETURN weir.bin_value(bins[i]);
    END IF;
  END LOOP;
  RAISE EXCEPTION 'the sketch has a null or negative count' USING ERRCODE = 'data_corrupted';
END
$$;
