-- Hides the live rows of every earlier claim.
DELETE FROM weir.live_writer
