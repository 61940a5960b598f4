-- Locks the head while a definition is registered that is not current yet: a commit under way either ends before, and
-- the definition starts after it, or finds the definition and notes that it brought no rows of it.
SELECT
FROM weir.head
WHERE EXISTS (
  SELECT
  FROM unnest(?) AS declared (definition)
  WHERE NOT EXISTS (SELECT FROM weir.cube WHERE current AND cube || ' ' || definition_hash = declared.definition)
)
FOR UPDATE
