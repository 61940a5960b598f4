-- Makes a commit the head: from this transaction on its epoch's live rows are hidden and its speed rows are shown.
UPDATE weir.head
SET commit = ?,
    uuid = ?,
    live_base = ?,
    last_commit = ?,
    seen_at = clock_timestamp()
