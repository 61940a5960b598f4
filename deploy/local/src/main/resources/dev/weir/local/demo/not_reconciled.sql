SELECT count(*) AS "rows"
FROM serving.traffic_hour
WHERE status <> 'reconciled'
