  SELECT
    ${bucket} AS bucket,
    /*dimension*/ v.${dimension},
    /*part*/ v.${part},
    v.event_count,
    v.status,
    false AS _other
  FROM ${view} AS v
  WHERE v.bucket >= :${range}from AND v.bucket < :${range}to
    /*cut*/ AND v.bucket <> ALL (:${range}cut::timestamptz[])
    /*only*/ AND v.bucket = ANY (:${range}only::timestamptz[])
    /*filter*/ AND (v.${dimension} = ANY (:${values}) OR (:${absent} AND v.${dimension} IS NULL))
    /*exclude*/ AND (v.${dimension} <> ALL (:${values}) OR v.${dimension} IS NULL)
