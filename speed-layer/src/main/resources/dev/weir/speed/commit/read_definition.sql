-- Whether a definition of a cube is registered and has its tables.
SELECT c.current,
       to_regclass(?) IS NOT NULL AND to_regclass(?) IS NOT NULL AS has_tables
FROM weir.cube c
WHERE c.cube = ? AND c.definition_hash = ?
