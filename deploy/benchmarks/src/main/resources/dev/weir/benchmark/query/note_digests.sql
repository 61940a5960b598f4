-- Notes number and hash of the rows that a commit added to a speed table, of one event hour.
SELECT weir.note_digests('speed', ?, ?, ARRAY[?::timestamptz], ?)
