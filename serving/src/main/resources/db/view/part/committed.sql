-- What was committed and neither absorbed by what is published nor rolled up. The upper bound says nothing; but of a range
-- PostgreSQL expects few rows, and then it uses the index on commit.
FROM ${speed_table} AS p
LEFT JOIN weir.coverage AS c
  ON c.cube = ${cube} AND c.definition_hash = ${definition} AND c.event_hour = p.event_hour
LEFT JOIN weir.roll_up_in_use AS r
  ON r.cube = ${cube} AND r.definition_hash = ${definition} AND r.event_hour = p.event_hour
WHERE p.commit > ${rolled_up_through}
  AND p.commit <= 9223372036854775807
  AND p.commit > greatest(c.absorbed_through, r.through_commit, 0)
