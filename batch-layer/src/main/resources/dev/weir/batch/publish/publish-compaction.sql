-- Makes a version's files the compacted files of these hours.
INSERT INTO weir.compacted_hour (event_hour, version, absorbed_through)
SELECT w.event_hour, ?, ?
FROM unnest(?::timestamptz[]) AS w (event_hour)
ON CONFLICT (event_hour) DO UPDATE
  SET version = excluded.version, absorbed_through = excluded.absorbed_through
