-- Every event hour of these cubes has now absorbed its commits up to this one.
UPDATE weir.cube c
SET absorbed_through = ?
FROM unnest(?::text[], ?::text[]) AS d (cube, definition_hash)
WHERE c.cube = d.cube AND c.definition_hash = d.definition_hash
