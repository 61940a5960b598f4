-- The oldest and newest event time of all commits.
SELECT min(min_event_time) AS oldest, max(max_event_time) AS newest, max(committed_at) AS last_commit_at FROM weir.ledger
