-- Ends an earlier session of the same job that still waits for its client in the transaction that has the head locked.
SELECT pg_terminate_backend(pid)
FROM pg_stat_activity
WHERE pid = ?
  AND xact_start = ?
  AND datname = current_database()
  AND usename = current_user
  AND application_name = current_setting('application_name')
  AND state = 'active'
  AND wait_event_type = 'Client'
