-- Cubes whose views do not show all of what is declared until the batch layer has recomputed them, and the last commit before those
-- that they lack; null where they lack none.
SELECT declared.cube, shown.complete_through AS commit
FROM weir.cube AS declared
JOIN weir.cube AS shown
  ON shown.cube = declared.cube
  AND obj_description(to_regclass(format('serving.%I', declared.cube || '_minute')), 'pg_class')
    LIKE '%(definition ' || shown.definition_hash || ',%'
WHERE declared.current AND (declared.complete_through IS NOT NULL OR shown.complete_through IS NOT NULL)
ORDER BY declared.cube
