unsettled AS MATERIALIZED (
  -- Event hours to whose published rows something is added. What the digests do not know is added all the same, in rows of its own.
  SELECT d.event_hour
  FROM weir.row_digest AS d
  JOIN weir.coverage AS a
    ON a.cube = d.cube AND a.definition_hash = d.definition_hash AND a.event_hour = d.event_hour AND d.tag > a.absorbed_through
  WHERE d.cube = ${cube} AND d.definition_hash = ${definition} AND d.layer = 'speed'
  UNION
  SELECT l.event_hour
  FROM ${live_table} AS l
  JOIN weir.live_writer AS w ON w.writer = l.writer
  JOIN weir.head AS h ON l.base >= h.live_base
)
