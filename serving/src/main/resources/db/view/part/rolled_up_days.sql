-- Roll-ups of whole days.
FROM ${rollup_day_table} AS p
WHERE p.bucket IN ${days_in_use}
  AND p._grouping = ${grouping}
  AND ${added_to}
