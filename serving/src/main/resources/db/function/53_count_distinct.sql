-- How many distinct elements several counters have seen together, in one call: weir.count_distinct(user_id_hll). The same as
-- weir.distinct_count(weir.merge(user_id_hll)), but 0 without a counter.
CREATE OR REPLACE AGGREGATE weir.count_distinct(counter bytea) (
  SFUNC = array_append,
  STYPE = bytea[],
  INITCOND = '{}',
  COMBINEFUNC = array_cat,
  FINALFUNC = weir.merged_distinct_count,
  PARALLEL = SAFE
);
