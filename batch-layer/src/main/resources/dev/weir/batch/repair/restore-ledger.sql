-- Makes the ledger's row of a commit what the journal says.
INSERT INTO weir.ledger AS l
SELECT r.*
FROM weir.journal j
CROSS JOIN jsonb_populate_record(NULL::weir.ledger, j.entry -> 'ledger') AS r
WHERE j.commit = ?
ON CONFLICT (commit) DO UPDATE
  SET uuid = excluded.uuid, parent = excluded.parent, attempt = excluded.attempt, job_id = excluded.job_id,
      checkpoint = excluded.checkpoint, committed_at = excluded.committed_at,
      min_event_time = excluded.min_event_time, max_event_time = excluded.max_event_time
  WHERE l.* IS DISTINCT FROM excluded.*
