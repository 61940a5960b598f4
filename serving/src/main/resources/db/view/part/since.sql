-- Event hours to which something is added that is in no roll-up.
since AS MATERIALIZED (
  SELECT d.event_hour
  FROM weir.row_digest AS d
  WHERE d.cube = ${cube} AND d.definition_hash = ${definition} AND d.layer = 'speed'
    AND d.tag > ${through}
  UNION
  SELECT l.event_hour
  FROM ${live_table} AS l
  JOIN weir.live_writer AS w ON w.writer = l.writer
  JOIN weir.head AS h ON l.base >= h.live_base
)
