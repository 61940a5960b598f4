-- How exact an answer is: the newest batch version that serves an hour of the range, and the committed events that came
-- after their hour was recomputed.
SELECT
  head.commit,
  (SELECT max(max_event_time) FROM weir.ledger) AS watermark,
  (
    SELECT max(c.version)
    FROM weir.coverage AS c
    WHERE c.cube = :cube AND c.definition_hash = :definition AND c.event_hour >= :first_hour AND c.event_hour < :to
  ) AS version,
  (
    SELECT coalesce(sum(v.event_count), 0)::bigint
    FROM weir.coverage AS c
    JOIN ${speed_table} AS v ON v.event_hour = c.event_hour AND v.commit > c.absorbed_through
    WHERE c.cube = :cube AND c.definition_hash = :definition AND c.event_hour >= :first_hour AND c.event_hour < :to
      AND v.bucket >= :from AND v.bucket < :to
      /*filter*/ AND (v.${dimension} = ANY (:${values}) OR (:${absent} AND v.${dimension} IS NULL))
      /*exclude*/ AND (v.${dimension} <> ALL (:${values}) OR v.${dimension} IS NULL)
  ) AS late_events
FROM weir.head AS head
