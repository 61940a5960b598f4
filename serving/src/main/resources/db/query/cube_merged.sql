-- One row of each combination: a range that is one bucket is read once, for the ranking and for what is shown.
  SELECT
    v.bucket,
    /*dimension*/ v.${dimension},
    /*part*/ ${merge}(v.${part}) AS ${part},
    sum(v.event_count)::bigint AS event_count,
    CASE WHEN bool_or(v.status = 'live') THEN 'live' WHEN bool_or(v.status = 'committed') THEN 'committed' ELSE 'reconciled' END AS status,
    false AS _other
  FROM (
${source}
  ) AS v
  GROUP BY
    v.bucket
    /*dimension*/ , v.${dimension}
