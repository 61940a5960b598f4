INSERT INTO weir.pipeline (name, declaration) VALUES (?, ?)
ON CONFLICT (only_row) DO UPDATE SET declaration = excluded.declaration, declared_at = now()
WHERE pipeline.declaration <> excluded.declaration
