-- A statement is planned for the partitions that are there, and may then see rows of one that came meanwhile, and of which it
-- reads nothing. So the next days' partitions are there long before their rows.
SELECT weir.ensure_day(named.parent::regclass, named.day)
FROM (
  SELECT parent, (now() AT TIME ZONE 'UTC')::date + ahead AS day
  FROM unnest(:parents::text[]) AS parent, generate_series(0, 1) AS ahead
) AS named
