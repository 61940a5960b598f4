-- Merges distinct counters: weir.distinct_count(weir.merge(users)). Exact in the sense that any order, grouping and
-- repetition gives the same bytes. The state only collects; see weir.merge(weir.sketch).
CREATE OR REPLACE AGGREGATE weir.merge(counter bytea) (
  SFUNC = array_append,
  STYPE = bytea[],
  INITCOND = '{}',
  COMBINEFUNC = array_cat,
  FINALFUNC = weir.merged_distinct,
  PARALLEL = SAFE
);
