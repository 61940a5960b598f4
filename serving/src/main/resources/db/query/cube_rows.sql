-- The rows of a cube over a range, merged over the dimensions that are not asked for. Each comes with how final it is: 0
-- reconciled, 1 committed, 2 live; null where nothing happened.
WITH
/*merged*/ merged AS MATERIALIZED (
/*merged*/ ${text}
/*merged*/ ),
/*top*/ top AS MATERIALIZED (
/*top*/ ${text}
/*top*/ ),
/*periods*/ periods AS MATERIALIZED (
/*periods*/ ${text}
/*periods*/ ),
served AS (
${served}
)
/*filled*/ , filled AS (
/*filled*/ ${text}
/*filled*/ )
/*earlier*/ , earlier AS (
/*earlier*/ ${text}
/*earlier*/ )
/*totals*/ , ${name} AS (${text})
SELECT
  shown.bucket,
  /*dimension*/ shown.${dimension},
  shown._other,
  /*measure*/ shown.${column},
  /*compared*/ earlier.${column} AS ${was},
  /*earlier*/ earlier._finality AS _earlier_finality,
  /*totals*/ ${name}.*,
  /*ranged*/ max(shown._finality) OVER () AS _range_finality,
  /*ranged_merged*/ (SELECT max(CASE m.status WHEN 'reconciled' THEN 0 WHEN 'committed' THEN 1 ELSE 2 END) FROM merged AS m) AS _range_finality,
  shown._finality
FROM ${shown} AS shown
/*earlier*/ LEFT JOIN earlier
/*earlier*/   ON earlier.bucket = shown.bucket AND earlier._other = shown._other
/*earlier*/     AND ARRAY[${earlier_key}]::text[] = ARRAY[${shown_key}]::text[]
/*totals*/ CROSS JOIN ${name}
/*order*/ ORDER BY ${text}
/*limit*/ LIMIT :limit
OFFSET :offset
