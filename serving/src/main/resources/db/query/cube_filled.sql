  SELECT
    grid.bucket,
    /*dimension*/ grid.${dimension},
    grid.other,
    /*measure*/ served.${column},
    coalesce(served.events, 0) AS events,
    served.finality
  FROM (
    SELECT *
    FROM unnest(:buckets::timestamptz[]) AS time (bucket)
    CROSS JOIN (
      SELECT DISTINCT
        /*dimension*/ ${dimension},
        other
      FROM served
      -- Without dimensions there is one series even if nothing happened.
      /*alone*/ UNION SELECT false
    ) AS series
  ) AS grid
  LEFT JOIN served
    ON served.bucket = grid.bucket AND served.other = grid.other
      AND ARRAY[${served_key}]::text[] = ARRAY[${grid_key}]::text[]
