-- Of the commits in a range: how many are there, which have not as many archived as counted events, and what are the sums?
WITH counted AS (
  SELECT commit, sum(counted) AS events
  FROM weir.ledger_source
  WHERE commit > ? AND commit <= ?
  GROUP BY commit
), archived AS (
  SELECT commit, sum(row_count) AS events
  FROM weir.archive_file
  WHERE kind = 'arrivals' AND commit > ? AND commit <= ?
  GROUP BY commit
), compared AS (
  SELECT commit, coalesce(c.events, 0) AS counted, coalesce(a.events, 0) AS archived
  FROM counted c
  FULL JOIN archived a USING (commit)
)
SELECT
  count(*),
  coalesce(sum(counted), 0)::bigint,
  coalesce(sum(archived), 0)::bigint,
  count(*) FILTER (WHERE counted <> archived),
  (array_agg(format('commit %s counted %s, archived %s', commit, counted, archived) ORDER BY commit)
    FILTER (WHERE counted <> archived))[1:3]
FROM compared
