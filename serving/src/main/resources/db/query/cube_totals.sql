  SELECT
    /*sum*/ sum(r.${column})${type} AS ${total},
    /*min*/ min(r.${column}) AS ${total},
    /*max*/ max(r.${column}) AS ${total},
    max(r._finality) AS ${finality}
  FROM ${rows} AS r
