-- The columns that the minute view of a cube has now: of the declared definition, or still of the one before.
SELECT attname::text
FROM pg_attribute
WHERE attrelid = to_regclass(:view) AND attnum > 0 AND NOT attisdropped
