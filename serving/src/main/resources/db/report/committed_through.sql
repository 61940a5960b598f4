-- Up to when events are committed. One that is dated after its commit says nothing of others: it counts as of that time.
SELECT max(least(max_event_time, committed_at)) AS through FROM weir.ledger WHERE max_event_time IS NOT NULL
