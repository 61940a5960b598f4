-- Which retained versions and unabsorbed commits of a cube should have rows in event hours of a range, and have no digest of any?
SELECT event_hour, layer, tag
FROM (
  SELECT h.event_hour, l.layer, h.version AS tag
  FROM weir.coverage_history h
  CROSS JOIN (VALUES ('minute'), ('hour')) AS l (layer)
  WHERE h.cube = ? AND h.definition_hash = ?
  UNION ALL
  SELECT m.event_hour, 'speed', f.commit
  FROM weir.cube d
  JOIN weir.archive_file f ON f.kind = 'arrivals' AND f.commit > d.since_commit
  JOIN weir.archive_manifest m USING (file_id)
  LEFT JOIN weir.coverage c
    ON c.cube = d.cube AND c.definition_hash = d.definition_hash AND c.event_hour = m.event_hour
  WHERE d.cube = ? AND d.definition_hash = ? AND f.commit > coalesce(c.absorbed_through, 0)
  GROUP BY m.event_hour, f.commit
) AS expected
WHERE event_hour >= ? AND event_hour < ? AND NOT EXISTS (
  SELECT FROM weir.row_digest r
  WHERE r.event_hour = expected.event_hour AND r.cube = ? AND r.definition_hash = ?
    AND r.layer = expected.layer AND r.tag = expected.tag)
ORDER BY event_hour, layer, tag
