CREATE OR REPLACE VIEW serving.dead_letters AS
SELECT
  counted.source,
  counted.reason,
  counted.records,
  counted.last_commit,
  sample.topic,
  sample.partition,
  sample."offset",
  sample.record_time,
  sample.detail,
  weir.readable(sample.raw, 1024) AS sample
FROM (
  SELECT source, reason, sum(records)::bigint AS records, max(commit) AS last_commit
  FROM weir.dead_letter_count
  GROUP BY source, reason
) AS counted
LEFT JOIN (
  SELECT DISTINCT ON (source, reason)
    source, reason, topic, partition, "offset", record_time, detail, raw
  FROM weir.dead_letter_sample
  ORDER BY source, reason, commit DESC, topic, partition, "offset"
) AS sample USING (source, reason);
COMMENT ON VIEW serving.dead_letters IS 'Rejected records per source and reason, with the newest sample; all of them are in the archive under dead-letters/.';
COMMENT ON COLUMN serving.dead_letters.records IS 'Exact number of committed dead letters.';
COMMENT ON COLUMN serving.dead_letters."offset" IS 'Where the sample stood, with topic and partition.';
COMMENT ON COLUMN serving.dead_letters.detail IS 'What was wrong with the sample.';
COMMENT ON COLUMN serving.dead_letters.sample IS 'First 1,024 bytes of the sample; in PostgreSQL''s escape format where they are no UTF-8, which text that looks like it cannot be told from.';
COMMENT ON COLUMN serving.dead_letters.source IS 'A source of the declaration.';
COMMENT ON COLUMN serving.dead_letters.reason IS 'Why records were rejected.';
COMMENT ON COLUMN serving.dead_letters.last_commit IS 'Last commit with such a record.';
COMMENT ON COLUMN serving.dead_letters.topic IS 'Where the sample stood; null where no sample was kept.';
COMMENT ON COLUMN serving.dead_letters.partition IS 'Where the sample stood, in its topic.';
COMMENT ON COLUMN serving.dead_letters.record_time IS 'The sample''s timestamp in Kafka.';
