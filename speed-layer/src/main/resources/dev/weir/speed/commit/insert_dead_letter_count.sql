-- How many dead letters of a reason a commit brought.
INSERT INTO weir.dead_letter_count (commit, source, reason, records)
VALUES (?, ?, ?, ?)
