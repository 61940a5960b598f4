-- The estimated number of distinct elements of a counter, rounded; standard error 1.63 %; 0 for an empty counter.
-- Ertl's improved estimator (arXiv:1702.01284, algorithm 6) in integers scaled by 2^64, step by step as in
-- dev.weir.aggregate.CardinalityEstimate, so that the digits are the same.
CREATE OR REPLACE FUNCTION weir.distinct_count(counter bytea) RETURNS bigint
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS
$$
DECLARE
  one CONSTANT numeric := 18446744073709551616;
  -- 1 / (2 ln 2), times 2^64 as everything here, times the square of the 4096 registers.
  numerator CONSTANT numeric := 13306513097844322492 * 16777216::numeric;
  empty int;
  rank_sum numeric;
  power numeric;
  sigma numeric;
  weight numeric := 1;
  denominator numeric;
BEGIN
  IF length(counter) = 0 THEN
    RETURN 0;
  END IF;
  SELECT sums.empty, sums.rank_sum INTO empty, rank_sum FROM weir.distinct_rank_sum(counter) AS sums;
  power := empty * 4503599627370496::numeric;
  sigma := power;
  WHILE power > 0 LOOP
    power := div(power * power, one);
    sigma := sigma + power * weight;
    weight := weight * 2;
  END LOOP;
  denominator := sigma * 4096 + rank_sum * 2048;
  RETURN least(div(numerator + div(denominator, 2), denominator), 9223372036854775807);
END
$$;
