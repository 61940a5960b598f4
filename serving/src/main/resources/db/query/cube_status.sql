-- The least final status of a range: 0 reconciled, 1 committed, 2 live; null without rows.
SELECT max(CASE v.status WHEN 'reconciled' THEN 0 WHEN 'committed' THEN 1 ELSE 2 END)
FROM (
${source}
) AS v
