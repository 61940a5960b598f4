-- How do these event hours stand: sealed, compacted by which version and through which commit?
SELECT h.event_hour, s.event_hour IS NOT NULL, coalesce(z.version, 0), coalesce(z.absorbed_through, 0)
FROM unnest(?::timestamptz[]) AS h (event_hour)
LEFT JOIN weir.sealed_hour s USING (event_hour)
LEFT JOIN weir.compacted_hour z USING (event_hour)
ORDER BY h.event_hour
