-- Takes rows out that something is added to.
COPY (
  DELETE FROM ${rollup_table} AS p
  WHERE p.event_hour = ${hour} AND p.bucket = ANY (ARRAY[${buckets}]::timestamptz[])
  RETURNING p._grouping::bigint, p._part::bigint, extract(epoch FROM p.bucket)::bigint, ${columns}
) TO STDOUT (FORMAT binary)
