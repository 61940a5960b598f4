-- Parts that may have the same bucket and dimensions.
SELECT
  part.bucket,
  /*dimension*/ part.${dimension},
  sum(part.event_count)::bigint AS event_count,
  /*present*/ sum(part.${count})::bigint AS ${count}, sum(part.${sum}) AS ${sum}, min(part.${min}) AS ${min}, max(part.${max}) AS ${max},
  /*sketch*/ weir.merge(part.${bins}) AS ${bins},
  /*distinct*/ weir.merge(part.${registers}) AS ${registers},
  /*uncomputed*/ NULL::bigint AS ${column},
  max(part._part) AS _part
FROM (
${rows}
) AS part
GROUP BY
  /*dimension*/ part.${dimension},
  part.bucket
