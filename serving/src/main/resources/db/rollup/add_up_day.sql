-- Rolls a day up anew, from what is published for its hours.
WITH noted AS (
  INSERT INTO weir.roll_up_day (cube, definition_hash, day, published)
  SELECT
    c.cube, c.definition_hash, :day,
    array_agg(ARRAY[extract(epoch FROM c.event_hour - :day)::bigint / 3600, c.version] ORDER BY c.event_hour)
  FROM weir.coverage AS c
  WHERE c.cube = :cube AND c.definition_hash = :definition AND c.event_hour >= :day AND c.event_hour < :day_end
  GROUP BY c.cube, c.definition_hash
  ON CONFLICT (cube, definition_hash, day) DO UPDATE SET published = excluded.published
), outdated AS (
  DELETE FROM ${rollup_day_table} WHERE bucket = :day
)
INSERT INTO ${rollup_day_table} AS stored (
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
  part._grouping, 0, :day, :day
  /*dimension*/ , part.${dimension}
  , sum(part.event_count)
  /*present*/ , sum(part.${count}), sum(part.${sum}), min(part.${min}), max(part.${max})
  /*sketch*/ , weir.merge(part.${bins})
  /*distinct*/ , coalesce(weir.merge(part.${registers}), '')
  /*percentile*/ , weir.percentile_of(weir.merge(part.${bins}), ${fraction}, sum(part.${count})::bigint)
  /*distinct*/ , coalesce(weir.distinct_count(weir.merge(part.${registers})), 0)
FROM (
  SELECT
    0 AS _grouping
    /*dimension*/ , p.${dimension}
    , p.event_count
    /*present*/ , p.${count}, p.${sum}, p.${min}, p.${max}
    /*sketch*/ , p.${bins}
    /*distinct*/ , p.${registers}
  FROM ${batch_hour_table} AS p
  JOIN weir.coverage AS c ON c.event_hour = p.event_hour AND c.version = p.version
  WHERE c.cube = :cube AND c.definition_hash = :definition AND p.bucket >= :day AND p.bucket < :day_end
  UNION ALL
  SELECT
    p._grouping
    /*dimension*/ , p.${dimension}
    , p.event_count
    /*present*/ , p.${count}, p.${sum}, p.${min}, p.${max}
    /*sketch*/ , p.${bins}
    /*distinct*/ , p.${registers}
  FROM ${rollup_hour_table} AS p
  JOIN weir.coverage AS c ON c.event_hour = p.event_hour
  WHERE c.cube = :cube AND c.definition_hash = :definition
    AND p.event_hour >= :day AND p.event_hour < :day_end AND p._grouping > 0
) AS part
GROUP BY
  /*dimension*/ part.${dimension},
  part._grouping
