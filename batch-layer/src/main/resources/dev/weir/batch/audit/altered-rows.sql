-- Which commits or versions of these event hours have other rows than were noted?
SELECT event_hour, tag, coalesce(n.row_count, 0), coalesce(f.row_count, 0), n.tag IS NULL
FROM (
  SELECT d.event_hour, d.tag, d.row_count, d.hash
  FROM weir.row_digest d
  WHERE d.layer = ? AND d.cube = ? AND d.definition_hash = ? AND d.event_hour = ANY (?)
) AS n
FULL JOIN weir.row_digests(?, ?, ?, ?) AS f USING (event_hour, tag)
WHERE (n.row_count, n.hash) IS DISTINCT FROM (f.row_count, f.hash)
ORDER BY event_hour, tag
