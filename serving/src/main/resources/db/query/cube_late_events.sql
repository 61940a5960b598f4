-- Committed events that came after their hour was recomputed. A statement of its own, because the range says which few
-- partitions to open.
SELECT coalesce(sum(v.event_count), 0)::bigint AS late_events
FROM weir.coverage AS c
JOIN ${speed_table} AS v ON v.event_hour = c.event_hour AND v.commit > c.absorbed_through
WHERE c.cube = :cube AND c.definition_hash = :definition AND c.event_hour >= :late_from AND c.event_hour < :late_to
  AND v.bucket >= :from AND v.bucket < :to
  AND v.bucket >= :late_from AND v.bucket < :late_to
  /*filter*/ AND (v.${dimension} = ANY (:${values}) OR (:${absent} AND v.${dimension} IS NULL))
  /*exclude*/ AND (v.${dimension} <> ALL (:${values}) OR v.${dimension} IS NULL)
