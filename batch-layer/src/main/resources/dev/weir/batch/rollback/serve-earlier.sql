-- Serves earlier versions of these hours again. The abandoned ones are forgotten.
WITH back AS (
  SELECT * FROM unnest(?::text[], ?::text[], ?::timestamptz[], ?::bigint[], ?::bigint[], ?::bigint[])
    AS b (cube, definition_hash, event_hour, version, earlier, absorbed_through)
), forgotten AS (
  DELETE FROM weir.coverage_history h
  USING back b
  WHERE h.cube = b.cube AND h.definition_hash = b.definition_hash AND h.event_hour = b.event_hour
    AND h.version = b.version
)
UPDATE weir.coverage c
SET version = b.earlier, absorbed_through = b.absorbed_through, published_at = clock_timestamp()
FROM back b
WHERE c.cube = b.cube AND c.definition_hash = b.definition_hash AND c.event_hour = b.event_hour
  AND c.version = b.version
