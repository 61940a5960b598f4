-- Which of these hours no longer has the compacted files a run started from?
SELECT w.event_hour, coalesce(z.version, 0), w.version
FROM unnest(?::timestamptz[], ?::bigint[]) AS w (event_hour, version)
LEFT JOIN weir.compacted_hour z USING (event_hour)
WHERE coalesce(z.version, 0) <> w.version
ORDER BY w.event_hour
LIMIT 1
