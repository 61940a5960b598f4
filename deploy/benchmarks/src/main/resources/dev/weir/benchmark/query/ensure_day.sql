-- Creates the partition of a day.
SELECT weir.ensure_day(?::regclass, ?)
