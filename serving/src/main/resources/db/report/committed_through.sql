-- Up to when events are committed, of the commits that all of these definitions have. One that is dated after its commit says nothing
-- of others: it counts as of that time.
SELECT max(least(max_event_time, committed_at)) AS through
FROM weir.ledger
WHERE max_event_time IS NOT NULL
  AND commit <= coalesce(
    (SELECT min(complete_through) FROM weir.cube WHERE cube || ' ' || definition_hash = ANY (:shown::text[])),
    9223372036854775807)
