-- Which cubes are said to have absorbed commits that an event hour has not? No run would look for them.
SELECT d.cube, d.absorbed_through, min(m.event_hour), min(f.commit)
FROM weir.cube d
JOIN weir.archive_file f ON f.kind = 'arrivals' AND f.commit <= d.absorbed_through
JOIN weir.archive_manifest m USING (file_id)
LEFT JOIN weir.coverage c
  ON c.cube = d.cube AND c.definition_hash = d.definition_hash AND c.event_hour = m.event_hour
WHERE (d.cube, d.definition_hash) IN (SELECT * FROM unnest(?::text[], ?::text[]))
  AND f.commit > coalesce(c.absorbed_through, 0)
  -- A cube that was declared when a sealed hour's archive was gone will never have its events: known, and no damage.
  AND NOT EXISTS (
    SELECT
    FROM weir.sealed_hour s
    JOIN weir.archive_manifest n USING (event_hour)
    JOIN weir.archive_file g ON g.file_id = n.file_id AND g.kind = 'arrivals'
    WHERE s.event_hour = m.event_hour AND g.commit > coalesce(c.absorbed_through, 0) AND g.commit <= d.since_commit)
GROUP BY d.cube, d.absorbed_through
ORDER BY d.cube
