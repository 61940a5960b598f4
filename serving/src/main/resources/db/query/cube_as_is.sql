  SELECT
    v.bucket,
    /*dimension*/ v.${dimension},
    v._other,
    /*events*/ v.event_count AS ${column},
    /*present*/ v.${count} AS ${column},
    /*sum*/ v.${sum} AS ${column},
    /*min*/ v.${min} AS ${column},
    /*max*/ v.${max} AS ${column},
    /*avg*/ (v.${sum}::numeric(60, ${scale}) / nullif(v.${count}, 0))::numeric(60, ${scale}) AS ${column},
    /*percentile*/ (CASE v.status WHEN 'live' THEN weir.percentile(v.${bins}, ${fraction}) ELSE weir.percentile_of(v.${bins}, ${fraction}, v.${count}) END * ${unit})::numeric(30, ${scale}) AS ${column},
    /*distinct*/ coalesce(weir.distinct_count(v.${registers}), 0) AS ${column},
    v.event_count AS _events,
    CASE v.status WHEN 'reconciled' THEN 0 WHEN 'committed' THEN 1 ELSE 2 END AS _finality
  FROM (
${source}
  ) AS v
