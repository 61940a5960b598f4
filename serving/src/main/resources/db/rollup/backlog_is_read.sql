-- Whether the speed layer reads a backlog: from one commit to the next the newest event came on by more than twice the time that
-- passed, and is a minute old all the same; a first commit's is older. Not if no commit followed for three times as long, or for
-- a minute.
SELECT
  clock_timestamp() - last.committed_at < least(3 * last.pause, interval '1 minute')
  AND last.committed_at - last.max_event_time > CASE WHEN last.pause IS NULL THEN interval '5 minutes' ELSE interval '1 minute' END
  AND coalesce(last.progress > 2 * last.pause, true)
FROM (
  SELECT
    committed_at,
    max_event_time,
    committed_at - lead(committed_at) OVER newest_first AS pause,
    max_event_time - lead(max_event_time) OVER newest_first AS progress
  FROM weir.ledger
  WHERE max_event_time IS NOT NULL
  WINDOW newest_first AS (ORDER BY commit DESC)
  ORDER BY commit DESC
  LIMIT 1
) AS last
