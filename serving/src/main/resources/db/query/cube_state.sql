-- What an answer depends on besides the question: the same state gives the same answer, unless it has live rows.
SELECT
  concat_ws(' ', head.commit, head.uuid, state.changes, obj_description(to_regclass(:view), 'pg_class')) AS state,
  EXISTS (
    SELECT
    FROM ${live_table} AS l
    JOIN weir.live_writer AS w ON w.writer = l.writer
    WHERE l.base >= head.live_base AND l.bucket >= :from AND l.bucket < :to
  ) AS live
FROM weir.head AS head
CROSS JOIN weir.coverage_state AS state
