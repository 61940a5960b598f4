INSERT INTO weir.roll_up_cube AS known (cube, definition_hash, through_commit)
VALUES (:cube, :definition, :through)
ON CONFLICT (cube, definition_hash) DO UPDATE SET through_commit = excluded.through_commit
WHERE known.through_commit <> excluded.through_commit
