-- Definitions that a commit has no rows of reach it only through a recomputation: the commit was prepared by a job that
-- did not know them. Until then they are whole through the head before it, or where they first lacked a commit.
UPDATE weir.cube
SET since_commit = ?, complete_through = coalesce(cube.complete_through, head.commit)
FROM weir.head
WHERE NOT EXISTS (
  SELECT FROM unnest(?::text[], ?::text[]) AS carried (cube, definition_hash)
  WHERE carried.cube = weir.cube.cube AND carried.definition_hash = weir.cube.definition_hash
)
