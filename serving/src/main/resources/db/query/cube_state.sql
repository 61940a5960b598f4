-- What is served of a cube now: the columns, with their decimal places, and the comment of its minute view, which names their
-- definition (the declared one, or still the one before); the state, which an answer depends on besides its question, definitions
-- that lack commits included, and what of it changes less often than with every commit; and the minutes that have live rows of a
-- definition. The description is read as a row: obj_description would be planned each time.
SELECT
  shown.columns,
  shown.scales,
  shown.comment,
  concat_ws(' ', head.commit, head.uuid, coverage.changes, definitions.incomplete, shown.comment) AS state,
  concat_ws(' ', coverage.changes, shown.comment) AS coverage,
  ARRAY(
    SELECT DISTINCT l.bucket
    FROM ${live_table} AS l
    JOIN weir.live_writer AS w ON w.writer = l.writer
    WHERE l.base >= head.live_base
  ) AS live
FROM weir.head AS head
CROSS JOIN weir.coverage_state AS coverage
CROSS JOIN (
  SELECT string_agg(concat_ws(' ', cube, definition_hash, complete_through), ' ' ORDER BY cube, definition_hash) AS incomplete
  FROM weir.cube
  WHERE complete_through IS NOT NULL
) AS definitions
CROSS JOIN (
  SELECT
    array_agg(a.attname::text ORDER BY a.attnum) AS columns,
    -- numeric(p, s): the lowest eleven bits of the modifier, from which 4 is taken.
    array_agg(CASE WHEN a.atttypid = 'numeric'::regtype AND a.atttypmod >= 4 THEN (a.atttypmod - 4) & 2047 END ORDER BY a.attnum) AS scales,
    min(d.description) AS comment
  FROM pg_attribute AS a
  LEFT JOIN pg_description AS d ON d.objoid = a.attrelid AND d.classoid = 'pg_class'::regclass AND d.objsubid = 0
  WHERE a.attrelid = to_regclass(:view) AND a.attnum > 0 AND NOT a.attisdropped
) AS shown
WHERE shown.columns IS NOT NULL
