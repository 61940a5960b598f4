-- Whether nothing was ever committed.
SELECT last_commit = 0 FROM weir.head
