-- A process that begins declares a report: known since now, unless it was declared all the while with this schedule.
INSERT INTO weir.report AS known (name, known_since, schedule, zone) VALUES (:report, :now, :schedule, :zone)
ON CONFLICT (name) DO UPDATE
SET
  known_since = CASE
    WHEN known.declared
      AND coalesce(known.schedule, excluded.schedule) = excluded.schedule
      AND coalesce(known.zone, excluded.zone) = excluded.zone
    THEN known.known_since
    ELSE excluded.known_since
  END,
  schedule = excluded.schedule,
  zone = excluded.zone,
  declared = true
