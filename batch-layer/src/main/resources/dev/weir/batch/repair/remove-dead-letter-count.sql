-- Removes the rows of a commit in weir.dead_letter_count that are not in the journal.
DELETE FROM weir.dead_letter_count AS t
USING weir.journal AS j
WHERE t.commit = ? AND j.commit = t.commit AND NOT EXISTS (
  SELECT FROM jsonb_array_elements(j.entry -> 'dead_letters') AS noted (line)
  WHERE noted.line = to_jsonb(t) - 'commit')
