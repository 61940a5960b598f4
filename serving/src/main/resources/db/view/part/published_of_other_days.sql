-- Published hours of days that are not rolled up.
FROM ${batch_table} AS p
JOIN weir.coverage AS c ON c.event_hour = p.event_hour AND c.version = p.version
WHERE c.cube = ${cube} AND c.definition_hash = ${definition}
  AND ${other_day}
