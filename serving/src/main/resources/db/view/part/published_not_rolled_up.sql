-- Published rows of event hours that are not rolled up.
FROM ${batch_table} AS p
JOIN weir.coverage AS c ON c.event_hour = p.event_hour AND c.version = p.version
WHERE c.cube = ${cube} AND c.definition_hash = ${definition}
  AND c.event_hour NOT IN (
    SELECT r.event_hour
    FROM weir.roll_up_in_use AS r
    WHERE r.cube = ${cube} AND r.definition_hash = ${definition} AND ${rolled_up_so}
  )
  AND ${other_day}
