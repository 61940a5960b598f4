-- A definition that comes back after another took its place has missed the commits in between: it starts anew. Before the
-- first commit there is nothing that one could lack.
INSERT INTO weir.cube (cube, definition_hash, since_commit, complete_through, current)
SELECT ?, ?, commit, CASE WHEN commit > 0 THEN 0 END, true FROM weir.head
ON CONFLICT (cube, definition_hash) DO UPDATE SET
  since_commit = CASE WHEN cube.current THEN cube.since_commit ELSE excluded.since_commit END,
  current = true
