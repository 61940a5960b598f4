-- How many events are visible now: those of all commits and, in the same snapshot, those of epochs not yet committed.
SELECT
  (SELECT coalesce(sum(counted), 0) FROM weir.ledger_source)
  + (
    SELECT coalesce(sum(live.event_count), 0)
    FROM ${live_table} AS live
    JOIN weir.live_writer USING (writer)
    WHERE live.base >= (SELECT live_base FROM weir.head)
  )
