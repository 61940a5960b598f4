CREATE OR REPLACE VIEW serving.freshness AS
SELECT
  newest.part,
  newest.event_time AS newest_event_time,
  -- Less than a minute is a difference between clocks.
  CASE WHEN newest.event_time <= now() + interval '1 minute' THEN greatest(now() - newest.event_time, interval '0') END AS lag,
  newest.commit,
  head.commit - newest.commit AS commits_behind,
  newest.updated_at,
  CASE WHEN newest.updated_at IS NOT NULL THEN greatest(now() - newest.updated_at, interval '0') END AS age
FROM weir.head AS head
CROSS JOIN LATERAL (
  SELECT
    'live' AS part,
    -- Live rows know their minute only: its end, unless that alone lies ahead.
    greatest(
      CASE WHEN max(live.bucket) IS NOT NULL THEN greatest(max(live.bucket), least(max(live.bucket) + interval '1 minute', now())) END,
      (SELECT max(max_event_time) FROM weir.ledger)) AS event_time,
    NULL::bigint AS commit,
    NULL::timestamptz AS updated_at
  FROM (
    SELECT NULL::timestamptz AS bucket, NULL::uuid AS writer, NULL::bigint AS base
    /*cube*/ UNION ALL SELECT bucket, writer, base FROM ${live_table}
  ) AS live
  JOIN weir.live_writer AS writer ON writer.writer = live.writer
  WHERE live.base >= head.live_base
  UNION ALL
  SELECT
    'committed',
    (SELECT max(max_event_time) FROM weir.ledger),
    head.commit,
    (SELECT committed_at FROM weir.ledger WHERE commit = head.commit)
  UNION ALL
  SELECT
    'reconciled',
    -- The last covered hour, but no further than the newest event it can have absorbed.
    least(
      absorbed.hour_end,
      (SELECT max(max_event_time) FROM weir.ledger WHERE commit <= absorbed.through)),
    CASE WHEN absorbed.through IS NOT NULL OR everywhere.through > 0 THEN everywhere.through END,
    absorbed.published_at
  FROM (
    SELECT
      max(coverage.event_hour) + interval '1 hour' AS hour_end,
      max(coverage.absorbed_through) AS through,
      max(coverage.published_at) AS published_at
    FROM weir.coverage AS coverage
    JOIN weir.cube AS cube USING (cube, definition_hash)
    WHERE cube.current
  ) AS absorbed
  -- An hour recomputed on its own absorbs the newest commits, while other hours still lack older ones.
  CROSS JOIN (SELECT min(absorbed_through) AS through FROM weir.cube WHERE current) AS everywhere
) AS newest;
COMMENT ON VIEW serving.freshness IS 'How far each part of the served numbers has come: live, committed and reconciled.';
COMMENT ON COLUMN serving.freshness.part IS 'live: everything received; committed: through the head of the commit log; reconciled: through what the batch layer has absorbed in every event hour.';
COMMENT ON COLUMN serving.freshness.newest_event_time IS 'Time of the newest event in this part; of live rows to the minute.';
COMMENT ON COLUMN serving.freshness.lag IS 'Age of the newest event; null where its time lies more than a minute ahead of the clock, because how old others are is not known then.';
COMMENT ON COLUMN serving.freshness.commit IS 'Last commit in this part; null for live.';
COMMENT ON COLUMN serving.freshness.commits_behind IS 'Commits between this part and the head of the log.';
COMMENT ON COLUMN serving.freshness.updated_at IS 'When the head was committed, or when the batch layer last published.';
COMMENT ON COLUMN serving.freshness.age IS 'Time since updated_at.';
