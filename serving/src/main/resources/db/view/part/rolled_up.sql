-- Roll-ups of event hours: of all series, what was committed since the publication; of fewer dimensions, that and what was published.
FROM ${rollup_table} AS p
JOIN weir.roll_up_in_use AS r ON r.event_hour = p.event_hour
WHERE r.cube = ${cube} AND r.definition_hash = ${definition} AND ${rolled_up_so}
  AND p._grouping = ${grouping}
  AND ${other_day}
  AND ${added_to}
