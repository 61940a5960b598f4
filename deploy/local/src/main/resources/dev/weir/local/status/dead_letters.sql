SELECT source, reason, records
FROM serving.dead_letters
ORDER BY records DESC, source, reason
