-- The tables of every definition that a cube ever had.
SELECT k.cube, k.definition_hash, t.layer, weir.cube_table(t.layer, k.cube, k.definition_hash)
FROM weir.cube k
CROSS JOIN (VALUES ('speed'), ('minute'), ('hour')) AS t (layer)
WHERE to_regclass(weir.cube_table(t.layer, k.cube, k.definition_hash)) IS NOT NULL
