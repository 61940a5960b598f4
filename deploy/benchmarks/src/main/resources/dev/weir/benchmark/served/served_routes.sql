-- Events served by the other cube.
SELECT coalesce(sum(event_count), 0) FROM serving.routes_day
