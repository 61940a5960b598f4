-- Makes an earlier commit the head, under an attempt that no job holds; commit numbers go on where they were.
WITH forgotten AS (
  DELETE FROM weir.live_writer
)
UPDATE weir.head
SET commit = ?, uuid = ?, live_base = ?, attempt = attempt + 1, job_id = NULL
