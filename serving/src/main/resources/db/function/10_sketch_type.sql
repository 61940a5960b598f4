-- Counts of scaled values in log-linear bins: the non-zero bins in ascending order, and their counts. The bins are those
-- of dev.weir.aggregate.LogLinearBins; a table that stores both arrays builds it with ROW(bins, counts)::weir.sketch.
DO $$
BEGIN
  IF to_regtype('weir.sketch') IS NULL THEN
    CREATE TYPE weir.sketch AS (bins int[], counts bigint[]);
  END IF;
END
$$;
