-- Whether a cube may have events from a moment on: in doubt it may, as when its view is of another definition by now.
SELECT
  coalesce(obj_description(to_regclass(:view), 'pg_class') NOT LIKE '%definition ' || :definition || '%', true)
  OR EXISTS (
    SELECT
    FROM ${live_table} AS l
    JOIN weir.live_writer AS w ON w.writer = l.writer
    JOIN weir.head AS h ON l.base >= h.live_base
    WHERE l.bucket >= :to
  )
  OR EXISTS (SELECT FROM ${speed_table} AS s WHERE s.bucket >= :to)
  OR EXISTS (
    SELECT
    FROM weir.coverage AS c
    WHERE c.cube = :cube AND c.definition_hash = :definition AND c.event_hour >= :hour
  )
