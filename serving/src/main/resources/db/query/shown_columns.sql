-- The columns that the minute view of a cube has now, and its comment, which names their definition: the declared one, or
-- still the one before.
SELECT array_agg(attname::text) AS columns, obj_description(attrelid, 'pg_class') AS comment
FROM pg_attribute
WHERE attrelid = to_regclass(:view) AND attnum > 0 AND NOT attisdropped
GROUP BY attrelid
