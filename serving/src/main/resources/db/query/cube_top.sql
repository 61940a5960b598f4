  SELECT ARRAY[${key}]::text[] AS key
  FROM (
${source}
  ) AS v
  GROUP BY ${key}
  ORDER BY
    /*events*/ sum(v.event_count) DESC,
    /*present*/ sum(v.${count}) DESC,
    /*sum*/ sum(v.${sum}) DESC NULLS LAST,
    /*min*/ min(v.${min}) DESC NULLS LAST,
    /*max*/ max(v.${max}) DESC NULLS LAST,
    /*avg*/ sum(v.${sum}) / nullif(sum(v.${count}), 0) DESC NULLS LAST,
    /*percentile*/ weir.percentile(weir.merge(v.${bins}), ${fraction}) DESC NULLS LAST,
    /*distinct*/ weir.count_distinct(v.${registers}) DESC NULLS LAST,
    ${key}
  LIMIT :top
