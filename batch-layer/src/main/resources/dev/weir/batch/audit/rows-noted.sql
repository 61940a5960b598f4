-- How many rows of a cube were noted in event hours of a range?
SELECT coalesce(sum(row_count), 0)::bigint
FROM weir.row_digest
WHERE cube = ? AND definition_hash = ? AND event_hour >= ? AND event_hour < ?
