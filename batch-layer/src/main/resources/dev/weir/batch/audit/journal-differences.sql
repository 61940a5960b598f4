-- Which rows of ledger and manifest are not what the journal says of the commits in (after, through]?
SELECT c.commit, c.entry IS NULL, d.of_table, d.key, d.event_hour, d.noted, d.found
FROM (
  SELECT commit, j.entry, weir.journal_entry(commit) AS present
  -- Each side is cut by itself: a full join of all there is would be made first, and cut then.
  FROM (SELECT commit, entry FROM weir.journal WHERE commit > ? AND commit <= ?) AS j
  FULL JOIN (SELECT commit FROM weir.ledger WHERE commit > ? AND commit <= ?) AS l USING (commit)
  OFFSET 0
) AS c
CROSS JOIN LATERAL (
  SELECT of_table, key, coalesce(n.event_hour, f.event_hour) AS event_hour, n.line::text AS noted, f.line::text AS found
  FROM weir.journal_lines(c.entry) AS n
  FULL JOIN weir.journal_lines(c.present) AS f USING (of_table, key)
  WHERE n.line IS DISTINCT FROM f.line
) AS d
WHERE c.entry IS DISTINCT FROM c.present
ORDER BY c.commit, d.of_table, d.key
