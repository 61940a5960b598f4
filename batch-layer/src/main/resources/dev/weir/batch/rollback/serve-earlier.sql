-- Serves earlier versions of these hours again, or none: then the speed rows alone. The abandoned ones are forgotten.
WITH back AS (
  SELECT * FROM unnest(?::text[], ?::text[], ?::timestamptz[], ?::bigint[], ?::bigint[], ?::bigint[])
    AS b (cube, definition_hash, event_hour, version, earlier, absorbed_through)
), forgotten AS (
  DELETE FROM weir.coverage_history h
  USING back b
  WHERE h.cube = b.cube AND h.definition_hash = b.definition_hash AND h.event_hour = b.event_hour
    AND h.version = b.version
), uncovered AS (
  DELETE FROM weir.coverage c
  USING back b
  WHERE c.cube = b.cube AND c.definition_hash = b.definition_hash AND c.event_hour = b.event_hour
    AND c.version = b.version AND b.earlier = 0
  RETURNING c.event_hour
), served AS (
  UPDATE weir.coverage c
  SET version = b.earlier, absorbed_through = b.absorbed_through, published_at = clock_timestamp()
  FROM back b
  WHERE c.cube = b.cube AND c.definition_hash = b.definition_hash AND c.event_hour = b.event_hour
    AND c.version = b.version AND b.earlier > 0
  RETURNING c.event_hour
)
SELECT (SELECT count(*) FROM uncovered) + (SELECT count(*) FROM served)
