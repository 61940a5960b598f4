-- Event hours without such a version are covered no longer: they have no events left or belong to a definition that no view
-- shows, which starts anew if it is declared again.
WITH uncovered AS (
  DELETE FROM weir.coverage
  WHERE absorbed_through > ?
  RETURNING cube, definition_hash
)
UPDATE weir.cube k
SET absorbed_through = 0, complete_through = 0
FROM (SELECT DISTINCT cube, definition_hash FROM uncovered) AS u
WHERE NOT k.current AND k.cube = u.cube AND k.definition_hash = u.definition_hash
