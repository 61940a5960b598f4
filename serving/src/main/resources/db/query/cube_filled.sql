  SELECT
    grid.bucket,
    /*dimension*/ grid.${dimension},
    grid._other,
    /*measure*/ served.${column},
    coalesce(served._events, 0) AS _events,
    served._finality
  FROM (
    SELECT *
    FROM unnest(:buckets::timestamptz[]) AS time (bucket)
    CROSS JOIN (
      SELECT DISTINCT
        /*dimension*/ ${dimension},
        _other
      FROM served
      -- Without dimensions there is one series even if nothing happened.
      /*alone*/ UNION SELECT false
    ) AS series
  ) AS grid
  LEFT JOIN served
    ON served.bucket = grid.bucket AND served._other = grid._other
      AND ARRAY[${served_key}]::text[] = ARRAY[${grid_key}]::text[]
