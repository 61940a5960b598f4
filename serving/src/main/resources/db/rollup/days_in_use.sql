SELECT day
FROM weir.roll_up_day_in_use
WHERE cube = :cube AND definition_hash = :definition AND day >= :from AND day < :to
ORDER BY day
