-- Notes number and hash of the rows that a commit or version has in a table, of one event hour.
SELECT weir.note_digests(?, ?, ?, ARRAY[?::timestamptz], ?)
