-- Which event hours have compacted files with events of later commits?
SELECT coalesce(array_agg(event_hour), '{}')
FROM weir.compacted_hour
WHERE absorbed_through > ?
