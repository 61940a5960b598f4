-- The same of several event hours is one line; that hours are held back comes after what is damaged.
SELECT
  version, kind, check_name, subject, detail,
  to_char(min(event_hour) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') AS event_hour,
  count(*) AS places,
  sum(count(*)) OVER ()::bigint AS disagreements
FROM serving.disagreements
GROUP BY version, kind, check_name, subject, detail
ORDER BY version DESC, check_name = 'ledger' AND max(compared) = 0, min(event_hour), check_name, subject
LIMIT 5
