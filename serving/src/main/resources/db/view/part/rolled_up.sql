-- Roll-ups of event hours: of all series, what was committed since the publication; of fewer dimensions, that and what was published.
FROM ${rollup_table} AS p
WHERE (${current} OR p.event_hour IN (SELECT u.event_hour FROM in_use AS u WHERE ${rolled_up_so}))
  AND p._grouping = ${grouping}
  AND ${other_day}
  AND ${added_to}
