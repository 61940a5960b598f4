SELECT
  ${bucket} AS bucket,
  /*dimension*/ p.${dimension},
  p.event_count,
  /*present*/ p.${count}, p.${sum}, p.${min}, p.${max},
  /*sketch*/ p.${bins},
  /*distinct*/ p.${registers},
  /*computed*/ p.${column},
  /*uncomputed*/ NULL::bigint AS ${column},
  ${part} AS _part
${from}
