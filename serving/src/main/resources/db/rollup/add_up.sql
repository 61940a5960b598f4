-- Adds commits, and a published version, to the roll-up of one event hour: buckets that exist are replaced by the sums.
WITH added AS MATERIALIZED (
  SELECT
    ${bucket} AS bucket,
    /*dimension*/ p.${dimension},
    sum(p.event_count)::bigint AS event_count,
    /*present*/ sum(p.${count})::bigint AS ${count}, sum(p.${sum}) AS ${sum}, min(p.${min}) AS ${min}, max(p.${max}) AS ${max},
    /*sketch*/ weir.merge(p.${bins}) AS ${bins},
    /*distinct*/ weir.merge(p.${registers}) AS ${registers},
    1 AS _part
  FROM ${speed_table} AS p
  WHERE p.event_hour = :hour AND p.bucket >= :hour AND p.bucket < :hour_end AND p.commit > :after AND p.commit <= :through
  GROUP BY
    /*dimension*/ p.${dimension},
    ${bucket}
), kept AS (
  DELETE FROM ${rollup_table} AS t
  WHERE t.event_hour = :hour AND t.bucket IN (SELECT added.bucket FROM added)
  RETURNING *
), published AS (
  SELECT *, 0 AS _part
  FROM ${batch_table} AS b
  WHERE b.event_hour = :hour AND b.bucket >= :hour AND b.bucket < :hour_end AND b.version = :version
)
INSERT INTO ${rollup_table} AS stored (
  _grouping, _part, event_hour, bucket
  /*dimension*/ , ${dimension}
  , event_count
  /*present*/ , ${count}, ${sum}, ${min}, ${max}
  /*sketch*/ , ${bins}
  /*distinct*/ , ${registers}
  /*percentile*/ , ${column}
  /*distinct*/ , ${column}
)
SELECT
  part._grouping, max(part._part), :hour, part.bucket
  /*dimension*/ , part.${dimension}
  , sum(part.event_count)
  /*present*/ , sum(part.${count}), sum(part.${sum}), min(part.${min}), max(part.${max})
  /*sketch*/ , weir.merge(part.${bins})
  /*distinct*/ , coalesce(weir.merge(part.${registers}), '')
  /*percentile*/ , weir.percentile_of(weir.merge(part.${bins}), ${fraction}, sum(part.${count})::bigint)
  /*distinct*/ , coalesce(weir.distinct_count(weir.merge(part.${registers})), 0)
FROM (
  SELECT
    kept._grouping, kept._part, kept.bucket
    /*dimension*/ , kept.${dimension}
    , kept.event_count
    /*present*/ , kept.${count}, kept.${sum}, kept.${min}, kept.${max}
    /*sketch*/ , kept.${bins}
    /*distinct*/ , kept.${registers}
  FROM kept
  UNION ALL
  SELECT
    g._grouping, added._part, added.bucket
    /*dimension*/ , CASE WHEN g.${dimension} THEN added.${dimension} END
    , added.event_count
    /*present*/ , added.${count}, added.${sum}, added.${min}, added.${max}
    /*sketch*/ , added.${bins}
    /*distinct*/ , added.${registers}
  FROM added
  CROSS JOIN (VALUES ${groupings}) AS g (${grouping_columns})
  UNION ALL
  -- All series are published as they are; only fewer dimensions are rolled up.
  SELECT
    g._grouping, published._part, published.bucket
    /*dimension*/ , CASE WHEN g.${dimension} THEN published.${dimension} END
    , published.event_count
    /*present*/ , published.${count}, published.${sum}, published.${min}, published.${max}
    /*sketch*/ , published.${bins}
    /*distinct*/ , published.${registers}
  FROM published
  CROSS JOIN (VALUES ${groupings}) AS g (${grouping_columns})
  WHERE g._grouping > 0
) AS part
GROUP BY
  /*dimension*/ part.${dimension},
  part._grouping,
  part.bucket
