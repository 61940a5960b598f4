-- What was committed and neither absorbed by what is published nor rolled up. The upper bound says nothing; but of a range
-- PostgreSQL expects few rows, and then it uses the index on commit.
FROM ${speed_table} AS p
LEFT JOIN counted AS n ON n.event_hour = p.event_hour
WHERE p.commit > ${through}
  AND p.commit <= 9223372036854775807
  AND p.commit > coalesce(n.through, 0)
