-- Published rows of event hours that are not rolled up. The bounds say again where these are: partitions are skipped by them.
FROM ${batch_table} AS p
JOIN weir.not_rolled_up AS n ON n.event_hour = p.event_hour AND n.version = p.version
WHERE n.cube = ${cube} AND n.definition_hash = ${definition} AND ${missing_so}
  AND p.bucket >= (
    SELECT min(n.event_hour) FROM weir.not_rolled_up AS n
    WHERE n.cube = ${cube} AND n.definition_hash = ${definition} AND ${missing_so}
  )
  AND p.bucket < (
    SELECT max(n.event_hour) + interval '1 hour' FROM weir.not_rolled_up AS n
    WHERE n.cube = ${cube} AND n.definition_hash = ${definition} AND ${missing_so}
  )
  AND ${other_day}
