-- The least final status of a range: 0 reconciled, 1 committed, 2 live; null without rows. Of a maximum alone PostgreSQL would plan
-- several views a second time, in search of an index that ends with it: with a count beside it, it does not.
SELECT CASE WHEN count(*) > 0 THEN max(CASE v.status WHEN 'reconciled' THEN 0 WHEN 'committed' THEN 1 ELSE 2 END) END
FROM (
${source}
) AS v
