-- Forgets what the peer before has written.
DROP TABLE IF EXISTS peer.traffic_minute
