-- Which definitions are served, in the order of their names?
SELECT array_agg(cube || ' ' || definition_hash ORDER BY cube, definition_hash)
FROM weir.cube
WHERE current
