-- The minutes of a cube that have events of epochs not yet committed, once for each live row.
CREATE OR REPLACE VIEW ${view} AS
SELECT l.bucket
FROM ${live_table} AS l
JOIN weir.live_writer AS w ON w.writer = l.writer
JOIN weir.head AS h ON l.base >= h.live_base
