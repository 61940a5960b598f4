-- Serves an earlier retained version of an event hour again.
UPDATE weir.coverage
SET version = v.version, absorbed_through = v.absorbed_through, published_at = clock_timestamp()
FROM (VALUES (?::bigint, ?::bigint)) AS v (version, absorbed_through)
WHERE cube = ? AND definition_hash = ? AND event_hour = ? AND v.version > 0
