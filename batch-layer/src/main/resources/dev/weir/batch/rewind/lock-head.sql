-- Keeps every commit and claim out until the transaction ends.
SELECT uuid
FROM weir.head
FOR UPDATE
