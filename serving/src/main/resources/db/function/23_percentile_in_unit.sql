-- The same as a number with that many decimal places, those of the number measured: weir.percentile(value_sketch, 0.95, 2).
CREATE OR REPLACE FUNCTION weir.percentile(sketch weir.sketch, fraction numeric, decimals int) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$
  SELECT round(weir.percentile(sketch, fraction) * (10::numeric ^ -decimals), decimals)
$$;
