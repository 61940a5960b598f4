  SELECT
    v.bucket,
    /*dimension*/ CASE WHEN top.key IS NOT NULL THEN v.${dimension} END AS ${dimension},
    /*part*/ v.${part},
    v.event_count,
    v.status,
    top.key IS NULL AS _other
  FROM (
${source}
  ) AS v
  ${join} JOIN top ON top.key = ARRAY[${key}]::text[]
