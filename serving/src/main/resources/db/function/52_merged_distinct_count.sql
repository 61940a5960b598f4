-- The last step of weir.count_distinct(bytea).
CREATE OR REPLACE FUNCTION weir.merged_distinct_count(counters bytea[]) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$
  SELECT coalesce(weir.distinct_count(weir.merged_distinct(counters)), 0)
$$;
