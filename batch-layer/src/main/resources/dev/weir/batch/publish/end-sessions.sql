-- Ends a session, and those of the tasks of its run.
SELECT pg_terminate_backend(pid)
FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND (pid = ? OR application_name = ?)
