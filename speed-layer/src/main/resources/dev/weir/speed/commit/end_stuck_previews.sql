-- Ends sessions of live previews that have been in a transaction for longer than any flush takes: one whose process was cut
-- off in the middle of a COPY keeps its rows locked for as long as its connection stands. The server's own time limits do
-- not reach it there, because they are not looked at while it waits for data.
SELECT count(pg_terminate_backend(pid))
FROM pg_stat_activity
WHERE datname = current_database()
  AND usename = current_user
  AND application_name = 'weir live preview'
  AND xact_start < clock_timestamp() - interval '5 s'
