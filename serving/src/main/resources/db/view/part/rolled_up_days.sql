-- Roll-ups of whole days.
FROM ${rollup_day_table} AS p
JOIN weir.roll_up_day_in_use AS d ON d.day = p.bucket
WHERE d.cube = ${cube} AND d.definition_hash = ${definition} AND p._grouping = ${grouping}
  AND ${added_to}
