-- The oldest and newest event time of all commits, each from an index.
SELECT
  (SELECT min(min_event_time) FROM weir.ledger) AS oldest,
  (SELECT max(max_event_time) FROM weir.ledger) AS newest,
  (SELECT committed_at FROM weir.ledger ORDER BY commit DESC LIMIT 1) AS last_commit_at
