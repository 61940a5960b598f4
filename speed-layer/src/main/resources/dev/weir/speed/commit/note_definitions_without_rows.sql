-- Definitions that a commit has no rows of reach it only through a recomputation: the commit was prepared by a job that
-- did not know them.
UPDATE weir.cube
SET since_commit = ?
WHERE NOT EXISTS (
  SELECT FROM unnest(?::text[], ?::text[]) AS carried (cube, definition_hash)
  WHERE carried.cube = weir.cube.cube AND carried.definition_hash = weir.cube.definition_hash
)
