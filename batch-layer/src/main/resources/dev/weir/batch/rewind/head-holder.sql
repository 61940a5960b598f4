-- Which session has the head locked, and since when is it in its transaction? No row: the head is free again.
SELECT a.pid, a.application_name,
       coalesce(to_char(a.xact_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'an unknown time')
FROM weir.head h
JOIN pg_locks l ON l.locktype = 'transactionid' AND l.transactionid = h.xmax AND l.granted
JOIN pg_stat_activity a ON a.pid = l.pid
