-- What a roll-up table has of a part of an event hour, or of a day.
COPY (
  SELECT
    p._grouping::bigint,
    p._part::bigint,
    /*computed*/ p.${column}::text,
    extract(epoch FROM p.bucket)::bigint,
    ${columns}
  FROM ${rollup_table} AS p
  WHERE p.event_hour = ${hour} AND p.bucket >= ${from} AND p.bucket < ${to}
) TO STDOUT (FORMAT binary)
