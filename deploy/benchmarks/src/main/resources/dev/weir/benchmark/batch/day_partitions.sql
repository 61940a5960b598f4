-- Into how many days is the largest of the cubes' tables cut?
SELECT max(partitions)
FROM (SELECT count(*) AS partitions FROM pg_inherits GROUP BY inhparent) AS t
