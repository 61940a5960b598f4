-- Makes a commit the head.
UPDATE weir.head SET commit = ?, uuid = ?, live_base = ?, last_commit = ?
