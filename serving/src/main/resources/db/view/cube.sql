-- The merged view of a cube: batch(published version) + speed(commits after the absorbed one) + live(epochs not yet
-- committed), all in one statement and so in one snapshot. A predicate on bucket or a dimension reaches every arm.
-- A quotient gets the decimal places of what is divided, or 16 significant digits: hence the first cast of an average.
CREATE OR REPLACE VIEW ${view} AS
SELECT
  merged.bucket,
  /*dimension*/ merged.${dimension},
  merged.event_count::bigint AS event_count,
  /*present*/ merged.${count}::bigint AS ${count},
  /*sum*/ CASE WHEN merged.${count} > 0 THEN merged.${sum} * ${unit} END::numeric(60, ${scale}) AS ${column},
  /*min*/ (merged.${min} * ${unit})::numeric(30, ${scale}) AS ${column},
  /*max*/ (merged.${max} * ${unit})::numeric(30, ${scale}) AS ${column},
  /*avg*/ ((merged.${sum} * ${number_unit})::numeric(60, ${scale}) / nullif(merged.${count}, 0))::numeric(60, ${scale}) AS ${column},
  /*percentile*/ (weir.percentile(merged.${bins}, ${fraction}) * ${unit})::numeric(30, ${scale}) AS ${column},
  /*distinct*/ coalesce(weir.distinct_count(merged.${registers}), 0) AS ${column},
  /*sketch*/ merged.${bins},
  /*distinct*/ merged.${registers},
  CASE merged.part WHEN 0 THEN 'reconciled' WHEN 1 THEN 'committed' ELSE 'live' END AS status
FROM (
  SELECT
    part.bucket,
    /*dimension*/ part.${dimension},
    sum(part.event_count) AS event_count,
    /*present*/ sum(part.${count}) AS ${count}, sum(part.${sum}) AS ${sum}, min(part.${min}) AS ${min}, max(part.${max}) AS ${max},
    /*sketch*/ weir.merge(part.${bins}) AS ${bins},
    /*distinct*/ weir.merge(part.${registers}) AS ${registers},
    max(part.part) AS part
  FROM (
    SELECT
      ${batch_bucket} AS bucket,
      /*dimension*/ b.${dimension},
      b.event_count,
      /*present*/ b.${count}, b.${sum}, b.${min}, b.${max},
      /*sketch*/ b.${bins},
      /*distinct*/ b.${registers},
      0 AS part
    FROM ${batch_table} AS b
    JOIN weir.coverage AS c ON c.event_hour = b.event_hour AND c.version = b.version
    WHERE c.cube = ${cube} AND c.definition_hash = ${definition}
    UNION ALL
    SELECT
      ${speed_bucket},
      /*dimension*/ s.${dimension},
      s.event_count,
      /*present*/ s.${count}, s.${sum}, s.${min}, s.${max},
      /*sketch*/ s.${bins},
      /*distinct*/ s.${registers},
      1
    FROM ${speed_table} AS s
    LEFT JOIN weir.coverage AS c
      ON c.cube = ${cube} AND c.definition_hash = ${definition} AND c.event_hour = s.event_hour
    WHERE c.absorbed_through IS NULL OR s.commit > c.absorbed_through
    UNION ALL
    SELECT
      ${live_bucket},
      /*dimension*/ l.${dimension},
      l.event_count,
      /*present*/ l.${count}, l.${sum}, l.${min}, l.${max},
      /*sketch*/ l.${bins},
      /*distinct*/ l.${registers},
      2
    FROM ${live_table} AS l
    JOIN weir.live_writer AS w ON w.writer = l.writer
    JOIN weir.head AS h ON l.base >= h.live_base
  ) AS part
  GROUP BY
    /*dimension*/ part.${dimension},
    part.bucket
) AS merged
