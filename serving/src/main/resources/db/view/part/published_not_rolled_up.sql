-- Published rows of event hours that are not rolled up. The bounds say again where these are: partitions are skipped by them.
FROM ${batch_table} AS p
JOIN missing AS n ON n.event_hour = p.event_hour AND n.version = p.version
WHERE p.bucket >= (SELECT min(missing.event_hour) FROM missing)
  AND p.bucket < (SELECT max(missing.event_hour) + interval '1 hour' FROM missing)
  AND ${other_day}
