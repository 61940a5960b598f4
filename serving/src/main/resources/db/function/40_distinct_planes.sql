-- The six bit planes of a distinct counter's 4096 ranks, one after the other, lowest bit first: 24576 bits. The dense
-- form is that already. Of canonical counters only: there 3072 bytes are always dense, never 1024 sparse entries.
CREATE OR REPLACE FUNCTION weir.distinct_planes(counter bytea) RETURNS varbit
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$
  SELECT CASE
    WHEN length(counter) = 3072 THEN ('x' || encode(counter, 'hex'))::varbit
    ELSE weir.sparse_planes(counter)
  END
$$;
