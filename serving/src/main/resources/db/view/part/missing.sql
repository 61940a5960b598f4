missing AS MATERIALIZED (
  SELECT n.event_hour, n.version
  FROM weir.not_rolled_up AS n
  WHERE n.cube = ${cube} AND n.definition_hash = ${definition} AND ${missing_so}
)
