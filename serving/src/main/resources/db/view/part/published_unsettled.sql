-- Published rows of the other event hours. The bounds say again where these are: partitions are skipped by them.
FROM ${batch_table} AS p
JOIN weir.coverage AS c ON c.event_hour = p.event_hour AND c.version = p.version
WHERE c.cube = ${cube} AND c.definition_hash = ${definition}
  AND c.event_hour IN (SELECT u.event_hour FROM unsettled AS u)
  AND p.bucket >= (SELECT min(u.event_hour) FROM unsettled AS u)
  AND p.bucket < (SELECT max(u.event_hour) + interval '1 hour' FROM unsettled AS u)
