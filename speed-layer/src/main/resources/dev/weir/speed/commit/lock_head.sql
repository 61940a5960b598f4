-- Where the commit log stands; nobody else commits or claims until the transaction ends.
SELECT commit, uuid, last_commit, attempt, job_id, seen_at,
       coalesce(extract(epoch FROM clock_timestamp() - seen_at) * 1000, 0)::bigint AS silent_millis
FROM weir.head
FOR UPDATE
