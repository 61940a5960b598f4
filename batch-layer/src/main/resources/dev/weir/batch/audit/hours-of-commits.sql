-- Which event hours do these commits touch, by the journal or by the manifest?
SELECT DISTINCT l.event_hour
FROM unnest(?::bigint[]) AS c (commit)
LEFT JOIN weir.journal j USING (commit)
CROSS JOIN LATERAL (
  SELECT * FROM weir.journal_lines(j.entry)
  UNION ALL
  SELECT * FROM weir.journal_lines(weir.journal_entry(c.commit))
) AS l
WHERE l.event_hour IS NOT NULL
ORDER BY l.event_hour
