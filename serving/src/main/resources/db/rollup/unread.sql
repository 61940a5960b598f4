-- Commits' rows that no question reads, because they are taken for rolled up: neither absorbed by what is published nor in a roll-up.
SELECT s.event_hour, count(*) AS rows
FROM ${speed_table} AS s
LEFT JOIN weir.coverage AS c ON c.cube = :cube AND c.definition_hash = :definition AND c.event_hour = s.event_hour
LEFT JOIN weir.roll_up_in_use AS u ON u.cube = :cube AND u.definition_hash = :definition AND u.event_hour = s.event_hour
WHERE s.event_hour >= :from AND s.event_hour < :to
  AND s.commit <= (SELECT t.through_commit FROM weir.roll_up_state AS t WHERE t.cube = :cube AND t.definition_hash = :definition)
  AND s.commit > greatest(coalesce(c.absorbed_through, 0), coalesce(u.through_commit, 0))
GROUP BY s.event_hour
ORDER BY s.event_hour
