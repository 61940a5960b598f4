-- The nearest-rank percentile of a sketch, as a scaled value: the middle of the bin that holds the value of rank
-- ceil(fraction * n), counted from 1. Fraction 0 asks for the smallest value. Null for an empty sketch.
-- The same digits as dev.weir.aggregate.LogLinearBins.percentile.
CREATE OR REPLACE FUNCTION weir.percentile(sketch weir.sketch, fraction numeric) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS
$$
DECLARE
  one bigint;
  total bigint := 0;
BEGIN
  FOREACH one IN ARRAY coalesce(sketch.counts, '{}') LOOP
    total := total + one;
  END LOOP;
  IF total IS NULL THEN
    RAISE EXCEPTION 'the sketch has a null count' USING ERRCODE = 'data_corrupted';
  END IF;
  RETURN weir.percentile_of(sketch, fraction, total);
END
$$;
