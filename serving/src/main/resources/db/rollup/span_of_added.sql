-- The first and the last minute of an event hour that commits added to; nulls: none.
SELECT min(p.bucket), max(p.bucket)
FROM ${speed_table} AS p
WHERE p.event_hour = ${hour} AND p.bucket >= ${from} AND p.bucket < ${to} AND p.commit > ${after} AND p.commit <= ${through}
