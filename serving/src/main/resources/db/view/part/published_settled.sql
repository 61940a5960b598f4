-- Published rows of event hours to which nothing is added: they are served as they are.
FROM ${batch_table} AS p
JOIN weir.coverage AS c ON c.event_hour = p.event_hour AND c.version = p.version
WHERE c.cube = ${cube} AND c.definition_hash = ${definition}
  AND c.event_hour NOT IN (SELECT u.event_hour FROM unsettled AS u)
