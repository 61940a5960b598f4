-- How many event hours has a version published that are still retained?
SELECT count(DISTINCT event_hour)
FROM weir.coverage_history
WHERE version = ?
