-- Merges sketches: merge(value_sketch). Exact: any order and grouping gives the same sketch. The state only collects
-- (array_append extends it in place), so that each bin is looked at once, at the end.
CREATE OR REPLACE AGGREGATE weir.merge(sketch weir.sketch) (
  SFUNC = array_append,
  STYPE = weir.sketch[],
  INITCOND = '{}',
  COMBINEFUNC = array_cat,
  FINALFUNC = weir.merged_sketch,
  PARALLEL = SAFE
);
