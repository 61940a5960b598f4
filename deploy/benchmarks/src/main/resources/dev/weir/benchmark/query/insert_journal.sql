INSERT INTO weir.journal (commit, entry) VALUES (?, '{}')
