INSERT INTO weir.roll_up (cube, definition_hash, event_hour, version, absorbed_through, through_commit, minutes)
VALUES (:cube, :definition, :hour, :served_version, :absorbed, :through, :minutes)
ON CONFLICT (cube, definition_hash, event_hour) DO UPDATE
  SET version = excluded.version, absorbed_through = excluded.absorbed_through,
      through_commit = excluded.through_commit, minutes = excluded.minutes
