-- Published hours of days that are not rolled up. The bounds say again where these are: partitions are skipped by them.
FROM ${batch_table} AS p
JOIN weir.coverage AS c ON c.event_hour = p.event_hour AND c.version = p.version
WHERE c.cube = ${cube} AND c.definition_hash = ${definition}
  AND ${other_day}
  AND p.bucket >= (
    SELECT min(p.event_hour) FROM weir.coverage AS p
    WHERE p.cube = ${cube} AND p.definition_hash = ${definition} AND ${other_day}
  )
  AND p.bucket < (
    SELECT max(p.event_hour) + interval '1 hour' FROM weir.coverage AS p
    WHERE p.cube = ${cube} AND p.definition_hash = ${definition} AND ${other_day}
  )
