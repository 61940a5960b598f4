-- Shows that the owner is alive; changes nothing if the claim was lost.
UPDATE weir.head
SET seen_at = clock_timestamp()
WHERE attempt = ?
