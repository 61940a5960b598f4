-- The least final status of a range: 0 reconciled, 1 committed, 2 live; null without rows. With the head's commit.
SELECT
  (
    SELECT max(CASE v.status WHEN 'reconciled' THEN 0 WHEN 'committed' THEN 1 ELSE 2 END)
    FROM ${view} AS v
    WHERE v.bucket >= :from AND v.bucket < :to
      /*filter*/ AND (v.${dimension} = ANY (:${values}) OR (:${absent} AND v.${dimension} IS NULL))
  ) AS finality,
  commit
FROM weir.head
