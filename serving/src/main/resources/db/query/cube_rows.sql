-- The rows of a cube over a range, merged over the dimensions that are not asked for.
SELECT
  /*bucket*/ v.bucket,
  /*dimension*/ v.${dimension},
  /*events*/ sum(v.event_count)::bigint AS event_count,
  /*present*/ sum(v.${count})::bigint AS ${count},
  /*sum*/ sum(v.${sum}) AS ${column},
  /*min*/ min(v.${min}) AS ${column},
  /*max*/ max(v.${max}) AS ${column},
  /*avg*/ (sum(v.${sum})::numeric(60, ${scale}) / nullif(sum(v.${count}), 0))::numeric(60, ${scale}) AS ${column},
  /*percentile*/ (weir.percentile(weir.merge(v.${bins}), ${fraction}) * ${unit})::numeric(30, ${scale}) AS ${column},
  /*distinct*/ coalesce(weir.distinct_count(weir.merge(v.${registers})), 0) AS ${column},
  max(CASE v.status WHEN 'reconciled' THEN 0 WHEN 'committed' THEN 1 ELSE 2 END) AS finality
FROM ${view} AS v
WHERE v.bucket >= :from AND v.bucket < :to
  /*filter*/ AND (v.${dimension} = ANY (:${values}) OR (:${absent} AND v.${dimension} IS NULL))
-- The empty grouping set changes nothing beside another column; alone it asks for one total.
GROUP BY
  /*bucket*/ v.bucket,
  /*dimension*/ v.${dimension},
  ()
HAVING count(*) > 0
ORDER BY
  /*bucket*/ v.bucket,
  /*total*/ sum(v.event_count) DESC,
  /*dimension*/ v.${dimension} NULLS LAST,
  count(*)
LIMIT :limit OFFSET :offset
