-- Creates the partitions of a table for the days that a commit touches.
SELECT weir.ensure_day(?::regclass, day)
FROM unnest(?::date[]) AS day
