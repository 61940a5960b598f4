-- The merged view of a cube: batch(published version) + speed(commits after the absorbed one) + live(epochs not yet
-- committed), all in one statement and so in one snapshot. A predicate on bucket or a dimension reaches every part.
-- A live row's sketch is written less often than its counts: its percentile is that of the values in the sketch.
-- A quotient gets the decimal places of what is divided, or 16 significant digits: hence the first cast of an average.
-- What is looked up stands outside of the union: within it, every column of it would be computed, asked for or not.
CREATE OR REPLACE VIEW ${view} AS
${looked_up}
SELECT
  served.bucket,
  /*dimension*/ served.${dimension},
  served.event_count,
  /*present*/ served.${count},
  /*sum*/ CASE WHEN served.${count} > 0 THEN served.${sum} * ${unit} END::numeric(60, ${scale}) AS ${column},
  /*min*/ (served.${min} * ${unit})::numeric(30, ${scale}) AS ${column},
  /*max*/ (served.${max} * ${unit})::numeric(30, ${scale}) AS ${column},
  /*avg*/ ((served.${sum} * ${number_unit})::numeric(60, ${scale}) / nullif(served.${count}, 0))::numeric(60, ${scale}) AS ${column},
  /*percentile*/ (coalesce(served.${column}, CASE WHEN served._part < 2 THEN weir.percentile_of(served.${bins}, ${fraction}, served.${count}) ELSE weir.percentile(served.${bins}, ${fraction}) END) * ${unit})::numeric(30, ${scale}) AS ${column},
  /*distinct*/ coalesce(served.${column}, weir.distinct_count(served.${registers}), 0) AS ${column},
  CASE served._part WHEN 0 THEN 'reconciled' WHEN 1 THEN 'committed' ELSE 'live' END AS status
  /*sketch*/ , served.${bins}
  /*distinct*/ , served.${registers}
FROM (
${rows}
) AS served
