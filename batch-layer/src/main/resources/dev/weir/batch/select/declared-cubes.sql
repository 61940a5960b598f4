-- Are these cube definitions registered, from which commit on do they have speed rows, how far are they absorbed, and did
-- their cubes ever have another one?
SELECT
  d.cube,
  c.since_commit,
  c.absorbed_through,
  EXISTS (
    SELECT FROM weir.cube other
    WHERE other.cube = d.cube AND other.definition_hash <> d.definition_hash
  ) AS redefined
FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS d (cube, definition_hash, cube_index)
LEFT JOIN weir.cube c ON c.cube = d.cube AND c.definition_hash = d.definition_hash
ORDER BY d.cube_index
