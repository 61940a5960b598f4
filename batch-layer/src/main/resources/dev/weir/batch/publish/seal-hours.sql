-- Seals event hours.
INSERT INTO weir.sealed_hour (reason, detail, event_hour)
SELECT ?, ?, h.event_hour
FROM unnest(?::timestamptz[]) AS h (event_hour)
ON CONFLICT DO NOTHING
