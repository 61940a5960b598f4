-- Which session has the head locked, since when, and how far has it come? Of the same job is whoever is named as this
-- session is. A session that is active and waits for its client is in the middle of a statement, as in a COPY. No row:
-- the head is free again.
SELECT a.pid,
       a.application_name,
       a.application_name = current_setting('application_name') AS same_job,
       a.xact_start,
       a.state = 'active' AND a.wait_event_type = 'Client' AS waits_for_client,
       concat_ws(' ', a.query_start, a.state_change, c.bytes_processed) AS progress
FROM weir.head AS h
JOIN pg_locks AS l ON l.locktype = 'transactionid' AND l.transactionid = h.xmax AND l.granted
JOIN pg_stat_activity AS a ON a.pid = l.pid
LEFT JOIN pg_stat_progress_copy AS c ON c.pid = a.pid
WHERE a.pid <> pg_backend_pid()
