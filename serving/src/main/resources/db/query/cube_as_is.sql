  SELECT
    v.bucket,
    /*dimension*/ v.${dimension},
    v._other,
    /*shown*/ v.${shown} AS ${column},
    /*percentile*/ (CASE v.status WHEN 'live' THEN weir.percentile(v.${bins}, ${fraction}) ELSE weir.percentile_of(v.${bins}, ${fraction}, v.${count}) END * ${unit})::numeric(30, ${scale}) AS ${column},
    /*distinct*/ coalesce(weir.distinct_count(v.${registers}), 0) AS ${column},
    /*counters*/ ARRAY[v.${registers}] AS ${column},
    v.event_count AS _events,
    CASE v.status WHEN 'reconciled' THEN 0 WHEN 'committed' THEN 1 ELSE 2 END AS _finality
  FROM (
${source}
  ) AS v
