-- Every minute of every series, each event once; duplicates are exact copies in the columns that are read.
SELECT
  epoch_ms(_event_time) // 60000 * 60000 AS minute_millis, event_type, user_segment,
  count(*), sum("value"), min("value"), max("value"), approx_quantile("value", 0.95), approx_count_distinct(user_id)
FROM (
  SELECT DISTINCT _event_id, _event_time, event_type, user_segment, user_id, "value"::double AS "value"
  FROM read_parquet(?, hive_partitioning = false)
) AS event
GROUP BY minute_millis, event_type, user_segment
