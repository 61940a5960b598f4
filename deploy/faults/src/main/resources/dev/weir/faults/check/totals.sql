-- What a reader sees at one instant: shown with and without the live preview, and what the ledger says was counted.
SELECT
  (SELECT coalesce(sum(event_count), 0) FROM serving.traffic_minute)::bigint AS shown,
  (
    SELECT coalesce(sum(b.event_count), 0)
    FROM ${batch} AS b
    JOIN weir.coverage AS c ON c.event_hour = b.event_hour AND c.version = b.version
    WHERE c.cube = ${cube} AND c.definition_hash = ${definition}
  )::bigint + (
    SELECT coalesce(sum(s.event_count), 0)
    FROM ${speed} AS s
    LEFT JOIN weir.coverage AS c
      ON c.cube = ${cube} AND c.definition_hash = ${definition} AND c.event_hour = s.event_hour
    WHERE c.absorbed_through IS NULL OR s.commit > c.absorbed_through
  )::bigint AS committed,
  (SELECT coalesce(sum(counted), 0) FROM weir.ledger_source)::bigint AS counted,
  (SELECT commit FROM weir.head) AS head
