-- What commits added to a part of an event hour.
COPY (
  SELECT extract(epoch FROM p.bucket)::bigint, ${columns}
  FROM ${speed_table} AS p
  WHERE p.event_hour = ${hour} AND p.bucket >= ${from} AND p.bucket < ${to} AND p.commit > ${after} AND p.commit <= ${through}
) TO STDOUT (FORMAT binary)
