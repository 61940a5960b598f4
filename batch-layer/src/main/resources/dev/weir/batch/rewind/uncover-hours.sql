-- Event hours without such a version are covered no longer: they have no events left or belong to a definition that no view
-- shows, which lacks them from now on and starts anew if it is declared again.
WITH target AS (
  SELECT ?::bigint AS commit
), uncovered AS (
  DELETE FROM weir.coverage c
  USING target t
  WHERE c.absorbed_through > t.commit
  RETURNING c.cube, c.definition_hash, EXISTS (
    SELECT
    FROM weir.archive_manifest m
    JOIN weir.archive_file f USING (file_id)
    WHERE m.event_hour = c.event_hour AND f.kind = 'arrivals' AND f.commit <= t.commit
  ) AS had_events
)
UPDATE weir.cube k
SET absorbed_through = 0, complete_through = CASE WHEN u.had_events THEN 0 ELSE k.complete_through END
FROM (SELECT cube, definition_hash, bool_or(had_events) AS had_events FROM uncovered GROUP BY 1, 2) AS u
WHERE NOT k.current AND k.cube = u.cube AND k.definition_hash = u.definition_hash
