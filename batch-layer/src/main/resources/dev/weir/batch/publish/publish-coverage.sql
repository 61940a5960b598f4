-- Flips hours to a version, and remembers it for rollback.
WITH published AS (
  INSERT INTO weir.coverage AS c (cube, definition_hash, event_hour, version, absorbed_through)
  SELECT w.cube, w.definition_hash, w.event_hour, ?, ?
  FROM unnest(?::text[], ?::text[], ?::timestamptz[]) AS w (cube, definition_hash, event_hour)
  ON CONFLICT (cube, definition_hash, event_hour) DO UPDATE
    SET version = excluded.version,
        absorbed_through = excluded.absorbed_through,
        published_at = clock_timestamp()
  RETURNING c.cube, c.definition_hash, c.event_hour, c.version, c.absorbed_through
)
INSERT INTO weir.coverage_history (cube, definition_hash, event_hour, version, absorbed_through)
SELECT cube, definition_hash, event_hour, version, absorbed_through
FROM published
