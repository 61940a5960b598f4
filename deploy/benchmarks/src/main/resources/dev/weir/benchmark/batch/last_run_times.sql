-- How did the last run of the batch layer end, and when was it registered and published?
SELECT
  state, hours, (extract(epoch FROM started_at) * 1000)::bigint, (extract(epoch FROM finished_at) * 1000)::bigint, message
FROM weir.batch_run
ORDER BY version DESC
LIMIT 1
