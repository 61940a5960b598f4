-- Which event hours have absorbed commits after this one, in which cubes; is there a retained version that has not, and lacks
-- none that left no speed rows of the cube; can the hour be recomputed; and does a view show the definition?
WITH shown AS MATERIALIZED (
  SELECT k.cube, k.definition_hash
  FROM weir.cube k
  CROSS JOIN (VALUES ('minute'), ('hour')) AS t (layer)
  JOIN pg_depend d
    ON d.refclassid = 'pg_class'::regclass AND d.refobjid = to_regclass(weir.cube_table(t.layer, k.cube, k.definition_hash))
      AND d.classid = 'pg_rewrite'::regclass
)
SELECT
  c.event_hour, c.cube, c.definition_hash, k.current,
  EXISTS (
    SELECT
    FROM weir.coverage_history h
    WHERE h.cube = c.cube AND h.definition_hash = c.definition_hash AND h.event_hour = c.event_hour
      AND h.absorbed_through <= n.commit
      AND NOT EXISTS (
        SELECT
        FROM weir.archive_manifest m
        JOIN weir.archive_file f USING (file_id)
        WHERE m.event_hour = h.event_hour AND f.kind = 'arrivals'
          AND f.commit > h.absorbed_through AND f.commit <= least(k.since_commit, n.commit))
  ) AS kept,
  (
    SELECT min(h.absorbed_through)
    FROM weir.coverage_history h
    WHERE h.cube = c.cube AND h.definition_hash = c.definition_hash AND h.event_hour = c.event_hour
  ) AS oldest,
  (SELECT s.reason FROM weir.sealed_hour s WHERE s.event_hour = c.event_hour) AS sealed,
  EXISTS (
    SELECT
    FROM weir.archive_manifest m
    JOIN weir.archive_file f USING (file_id)
    WHERE m.event_hour = c.event_hour AND f.kind = 'arrivals' AND f.commit <= n.commit
  ) AS archived,
  (c.cube, c.definition_hash) IN (SELECT cube, definition_hash FROM shown) AS shown
FROM (SELECT ?::bigint AS commit) AS n
CROSS JOIN weir.coverage c
JOIN weir.cube k USING (cube, definition_hash)
WHERE c.absorbed_through > n.commit
ORDER BY c.event_hour, c.cube, c.definition_hash
