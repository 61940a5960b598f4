-- Epochs not yet committed.
FROM ${live_table} AS p
JOIN weir.live_writer AS w ON w.writer = p.writer
JOIN weir.head AS h ON p.base >= h.live_base
