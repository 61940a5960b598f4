-- What a version has of a part of an event hour.
COPY (
  SELECT extract(epoch FROM p.bucket)::bigint, ${columns}
  FROM ${batch_table} AS p
  WHERE p.event_hour = ${hour} AND p.bucket >= ${from} AND p.bucket < ${to} AND p.version = ${version}
) TO STDOUT (FORMAT binary)
