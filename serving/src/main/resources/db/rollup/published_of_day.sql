-- What is published for the hours of a day, all of it in one bucket.
COPY (
  SELECT extract(epoch FROM ${day})::bigint, ${columns}
  FROM ${batch_table} AS p
  WHERE p.bucket >= ${day} AND p.bucket < ${day_end}
    AND (p.event_hour, p.version) IN (
      SELECT c.event_hour, c.version
      FROM weir.coverage AS c
      WHERE c.cube = ${cube} AND c.definition_hash = ${definition} AND c.event_hour >= ${day} AND c.event_hour < ${day_end}
    )
) TO STDOUT (FORMAT binary)
