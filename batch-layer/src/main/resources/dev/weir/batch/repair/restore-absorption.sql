-- Lets the next run look for what event hours of a cube have not absorbed.
UPDATE weir.cube d
SET absorbed_through = o.absorbed
FROM (
  SELECT k.cube, k.definition_hash, min(coalesce(c.absorbed_through, 0)) AS absorbed
  FROM weir.cube k
  JOIN weir.archive_file f ON f.kind = 'arrivals' AND f.commit <= k.absorbed_through
  JOIN weir.archive_manifest m USING (file_id)
  LEFT JOIN weir.coverage c
    ON c.cube = k.cube AND c.definition_hash = k.definition_hash AND c.event_hour = m.event_hour
  WHERE f.commit > coalesce(c.absorbed_through, 0)
  -- A cube that was declared when a sealed hour's archive was gone will never have its events: known, and no damage.
  AND NOT EXISTS (
    SELECT
    FROM weir.sealed_hour s
    JOIN weir.archive_manifest n USING (event_hour)
    JOIN weir.archive_file g ON g.file_id = n.file_id AND g.kind = 'arrivals'
    WHERE s.event_hour = m.event_hour AND g.commit > coalesce(c.absorbed_through, 0) AND g.commit <= k.since_commit)
  GROUP BY k.cube, k.definition_hash
) AS o
WHERE d.cube = o.cube AND d.definition_hash = o.definition_hash
