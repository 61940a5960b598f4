-- Forgets the digests of rows that hold events of later commits.
DELETE FROM weir.row_digest d
USING (SELECT ?::bigint AS commit) AS n
WHERE d.layer = 'speed' AND d.tag > n.commit
  OR d.layer <> 'speed' AND EXISTS (
    SELECT
    FROM weir.coverage_history h
    WHERE h.cube = d.cube AND h.definition_hash = d.definition_hash AND h.event_hour = d.event_hour
      AND h.version = d.tag AND h.absorbed_through > n.commit)
