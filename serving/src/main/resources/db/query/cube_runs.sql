  SELECT
    ${bucket} AS bucket,
    /*dimension*/ v.${dimension},
    /*part*/ v.${part},
    v.event_count,
    v.status,
    false
  FROM unnest(:${runs}from::timestamptz[], :${runs}to::timestamptz[]) AS run (began, ended)
  CROSS JOIN LATERAL (
    SELECT
      v.bucket,
      /*dimension*/ v.${dimension},
      /*part*/ v.${part},
      v.event_count,
      v.status
    FROM ${view} AS v
    WHERE v.bucket >= run.began AND v.bucket < run.ended
      /*filter*/ AND (v.${dimension} = ANY (:${values}) OR (:${absent} AND v.${dimension} IS NULL))
      /*exclude*/ AND (v.${dimension} <> ALL (:${values}) OR v.${dimension} IS NULL)
  ) AS v
