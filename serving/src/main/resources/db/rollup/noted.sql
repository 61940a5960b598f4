SELECT EXISTS (
  SELECT FROM weir.roll_up_cube AS t WHERE t.cube = :cube AND t.definition_hash = :definition AND t.current_coverage IS NOT NULL
)
