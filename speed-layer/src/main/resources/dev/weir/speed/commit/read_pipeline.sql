-- Which pipeline the database belongs to, and whether its tables are of this version.
SELECT
  name,
  EXISTS (
    SELECT FROM pg_attribute WHERE attrelid = to_regclass('weir.cube') AND attname = 'complete_through' AND NOT attisdropped
  ) AS is_migrated
FROM weir.pipeline
