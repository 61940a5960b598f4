SELECT
  ${bucket} AS bucket,
  /*dimension*/ p.${dimension},
  p.event_count,
  /*present*/ p.${count}, p.${sum}, p.${min}, p.${max},
  /*sketch*/ p.${bins},
  /*distinct*/ p.${registers},
  ${part} AS _part
${from}
