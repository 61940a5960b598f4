  SELECT
    :shown_start::timestamptz AS bucket,
    /*dimension*/ p.${dimension},
    p._other,
    /*measure*/ p.${column},
    p._events,
    p._finality
  FROM periods AS p
  WHERE p.bucket = :${start}::timestamptz
