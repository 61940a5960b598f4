SELECT attname
FROM pg_attribute
WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped
