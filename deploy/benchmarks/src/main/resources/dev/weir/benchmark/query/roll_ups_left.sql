-- Published hours that are not rolled up yet, and days that have ended.
SELECT
  (SELECT count(*) FROM weir.not_rolled_up WHERE NOT except_minutes)
  + (SELECT count(DISTINCT (cube, date_trunc('day', event_hour))) FROM weir.coverage
     WHERE event_hour < date_trunc('day', now() - interval '25 hours'))
  - (SELECT count(*) FROM weir.roll_up_day_in_use WHERE day < date_trunc('day', now() - interval '25 hours'))
