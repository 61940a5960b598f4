-- How exact an answer is: the commit through which the definition is whole; the newest batch version that serves an hour of
-- the range; and from when to when there are hours of it that got commits after they were recomputed.
SELECT
  whole.commit,
  CASE WHEN whole.commit > 0 THEN (SELECT max(max_event_time) FROM weir.ledger WHERE commit <= whole.commit) END AS watermark,
  (
    SELECT max(c.version)
    FROM weir.coverage AS c
    WHERE c.cube = :cube AND c.definition_hash = :definition AND c.event_hour >= :first_hour AND c.event_hour < :to
  ) AS version,
  late.late_from,
  late.late_to
FROM (
  SELECT coalesce(
    (SELECT d.complete_through FROM weir.cube AS d WHERE d.cube = :cube AND d.definition_hash = :definition),
    head.commit) AS commit
  FROM weir.head AS head
) AS whole
CROSS JOIN (
  SELECT min(d.event_hour) AS late_from, max(d.event_hour) + interval '1 hour' AS late_to
  FROM weir.row_digest AS d
  JOIN weir.coverage AS c
    ON c.cube = d.cube AND c.definition_hash = d.definition_hash AND c.event_hour = d.event_hour AND d.tag > c.absorbed_through
  WHERE d.cube = :cube AND d.definition_hash = :definition AND d.layer = 'speed'
    AND d.event_hour >= :first_hour AND d.event_hour < :to
) AS late
