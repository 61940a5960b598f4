SELECT source, reason, records, last_commit, topic, partition, "offset", record_time, detail, sample
FROM serving.dead_letters
ORDER BY records DESC, source, reason
LIMIT :limit
