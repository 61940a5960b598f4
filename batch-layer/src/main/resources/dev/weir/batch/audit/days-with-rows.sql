-- On which UTC days may a cube table have rows, or should it?
SELECT DISTINCT day
FROM (
  SELECT to_date(right(c.relname, 8), 'YYYYMMDD') AS day
  FROM pg_inherits i
  JOIN pg_class c ON c.oid = i.inhrelid
  WHERE i.inhparent = to_regclass(?)
  UNION ALL
  SELECT (d.event_hour AT TIME ZONE 'UTC')::date
  FROM weir.row_digest d
  WHERE d.cube = ? AND d.definition_hash = ? AND d.layer = ?
) AS days
WHERE day >= ? AND day <= ?
ORDER BY day
