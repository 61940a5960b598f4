  SELECT
    v.bucket,
    /*dimension*/ v.${dimension},
    v._other,
    /*events*/ sum(v.event_count)::bigint AS ${column},
    /*present*/ sum(v.${count})::bigint AS ${column},
    /*sum*/ sum(v.${sum}) AS ${column},
    /*min*/ min(v.${min}) AS ${column},
    /*max*/ max(v.${max}) AS ${column},
    /*avg*/ (sum(v.${sum})::numeric(60, ${scale}) / nullif(sum(v.${count}), 0))::numeric(60, ${scale}) AS ${column},
    /*percentile*/ (CASE WHEN bool_or(v.status = 'live') THEN weir.percentile(weir.merge(v.${bins}), ${fraction}) ELSE weir.percentile_of(weir.merge(v.${bins}), ${fraction}, sum(v.${count})::bigint) END * ${unit})::numeric(30, ${scale}) AS ${column},
    /*distinct*/ weir.count_distinct(v.${registers}) AS ${column},
    /*counters*/ CASE WHEN count(v.${registers}) <= :most_counters THEN array_agg(v.${registers}) ELSE ARRAY[weir.merged_distinct(array_agg(v.${registers}))] END AS ${column},
    sum(v.event_count)::bigint AS _events,
    max(CASE v.status WHEN 'reconciled' THEN 0 WHEN 'committed' THEN 1 ELSE 2 END) AS _finality
  FROM (
${source}
  ) AS v
  GROUP BY
    v.bucket,
    /*dimension*/ v.${dimension},
    v._other
