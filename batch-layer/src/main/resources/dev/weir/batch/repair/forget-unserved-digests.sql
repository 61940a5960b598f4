-- Forgets the digests of rows of an event hour that are not served.
DELETE FROM weir.row_digest d
USING (SELECT ?::bigint AS absorbed) AS a
WHERE d.cube = ? AND d.definition_hash = ? AND d.event_hour = ? AND CASE d.layer
  WHEN 'speed' THEN d.tag <= coalesce((
    SELECT c.absorbed_through FROM weir.coverage c
    WHERE (c.cube, c.definition_hash, c.event_hour) = (d.cube, d.definition_hash, d.event_hour)), a.absorbed)
  ELSE d.tag IS DISTINCT FROM (
    SELECT c.version FROM weir.coverage c
    WHERE (c.cube, c.definition_hash, c.event_hour) = (d.cube, d.definition_hash, d.event_hour))
END
