-- A dead letter to show.
INSERT INTO weir.dead_letter_sample (commit, source, topic, partition, "offset", record_time, reason, detail, raw)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
