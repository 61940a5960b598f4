-- The scaled value that stands for a bin: its middle, rounded away from zero; within 1/128 of every value of the bin.
-- Bins count through the magnitudes, 64 to every power of two; magnitudes below 128 have a bin each.
-- Not STRICT, because a strict CASE would not be inlined; a null bin still gives null.
CREATE OR REPLACE FUNCTION weir.bin_value(bin int) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$
  SELECT CASE
    WHEN bin BETWEEN -127 AND 127 THEN bin::bigint
    WHEN bin BETWEEN 128 AND 3711 THEN
      ((64 + bin % 64)::bigint << (bin / 64 - 1)) + (1::bigint << (bin / 64 - 2))
    WHEN bin BETWEEN -3711 AND -128 THEN
      -((64 + -bin % 64)::bigint << (-bin / 64 - 1)) - (1::bigint << (-bin / 64 - 2))
    -- The smallest bigint has no positive counterpart, and a bin of its own.
    WHEN bin = -3712 THEN (-9223372036854775808)::bigint
  END
$$;
