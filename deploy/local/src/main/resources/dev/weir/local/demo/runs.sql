SELECT
  count(*) FILTER (WHERE state = 'published') AS published,
  count(*) FILTER (WHERE state = 'failed') AS failed,
  coalesce(sum(disagreements), 0)::bigint AS disagreements,
  coalesce(sum(keys_compared), 0)::bigint AS keys_compared
FROM serving.reconciliation
