-- Cubes whose views lack commits until the batch layer has recomputed them, and the last commit before those.
SELECT declared.cube, coalesce(shown.complete_through, head.commit) AS commit
FROM weir.head AS head
CROSS JOIN weir.cube AS declared
JOIN weir.cube AS shown
  ON shown.cube = declared.cube
  AND obj_description(to_regclass(format('serving.%I', declared.cube || '_minute')), 'pg_class')
    LIKE '%(definition ' || shown.definition_hash || ',%'
WHERE declared.current AND declared.complete_through IS NOT NULL
ORDER BY declared.cube
