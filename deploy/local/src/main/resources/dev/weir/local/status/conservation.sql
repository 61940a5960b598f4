SELECT source, records_in, counted, duplicate, dead_lettered, filtered, holds
FROM serving.conservation
ORDER BY source
