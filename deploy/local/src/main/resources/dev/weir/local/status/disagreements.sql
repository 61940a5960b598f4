SELECT
  version, kind, check_name, subject, detail,
  to_char(event_hour AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') AS event_hour,
  count(*) OVER () AS disagreements
FROM serving.disagreements
ORDER BY version DESC, event_hour, check_name, subject
LIMIT 5
