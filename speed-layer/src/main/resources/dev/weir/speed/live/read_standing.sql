-- Whether a writer's live rows are shown, and from which base on.
SELECT head.live_base,
       EXISTS (SELECT FROM weir.live_writer w WHERE w.writer = ? AND w.attempt = head.attempt) AS registered
FROM weir.head
