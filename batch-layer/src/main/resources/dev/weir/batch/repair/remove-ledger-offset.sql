-- Removes the rows of a commit in weir.ledger_offset that are not in the journal.
DELETE FROM weir.ledger_offset AS t
USING weir.journal AS j
WHERE t.commit = ? AND j.commit = t.commit AND NOT EXISTS (
  SELECT FROM jsonb_array_elements(j.entry -> 'offsets') AS noted (line)
  WHERE noted.line = to_jsonb(t) - 'commit')
