-- Lets go of those of these arrivals files that no event hour needs any more: compacted files hold their commit, or the
-- hour is sealed and has absorbed it. Not of those with events of an hour that cannot be repaired.
WITH needless AS (
  SELECT f.file_id, f.path
  FROM weir.archive_file f
  WHERE f.file_id = ANY (?) AND f.kind = 'arrivals' AND f.deleted_at IS NULL AND NOT EXISTS (
    SELECT
    FROM weir.archive_manifest m
    LEFT JOIN weir.compacted_hour z USING (event_hour)
    LEFT JOIN weir.sealed_hour s USING (event_hour)
    WHERE m.file_id = f.file_id AND (m.event_hour = ANY (?) OR NOT (
      coalesce(z.absorbed_through, 0) >= f.commit
      OR (s.event_hour IS NOT NULL AND NOT EXISTS (
        SELECT
        FROM weir.coverage v
        JOIN weir.cube k USING (cube, definition_hash)
        WHERE k.current AND v.event_hour = m.event_hour AND v.absorbed_through < f.commit)))))
), deleted AS (
  UPDATE weir.archive_file f SET deleted_at = clock_timestamp() FROM needless n WHERE f.file_id = n.file_id
)
INSERT INTO weir.file_to_delete (path)
SELECT path FROM needless
ON CONFLICT DO NOTHING
RETURNING path
