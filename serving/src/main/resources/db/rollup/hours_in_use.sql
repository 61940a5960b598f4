SELECT event_hour
FROM weir.roll_up_in_use
WHERE cube = :cube AND definition_hash = :definition AND event_hour >= :from AND event_hour < :to
ORDER BY event_hour
