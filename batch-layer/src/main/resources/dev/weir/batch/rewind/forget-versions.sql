-- Forgets versions that hold events of later commits.
DELETE FROM weir.coverage_history
WHERE absorbed_through > ?
