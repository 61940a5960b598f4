-- What peers write stands apart from what Weir serves.
CREATE SCHEMA IF NOT EXISTS peer
