-- Which job holds the commit log, and when was it last seen?
SELECT job_id, attempt || ' ' || seen_at,
       to_char(seen_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
       coalesce(extract(epoch FROM clock_timestamp() - seen_at) * 1000, 0)::bigint AS silent_millis
FROM weir.head
