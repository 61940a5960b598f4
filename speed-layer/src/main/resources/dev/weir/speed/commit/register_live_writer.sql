-- Shows a writer's live rows, if the claim is still held. Locks the head, so that a newer claim either forgets this
-- writer or keeps it out.
INSERT INTO weir.live_writer (writer, attempt)
SELECT ?, attempt
FROM weir.head
WHERE attempt = ?
FOR UPDATE
ON CONFLICT (writer) DO NOTHING
