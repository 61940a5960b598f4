-- Remembers since when a report is known.
INSERT INTO weir.report (name, known_since) VALUES (:report, :now)
ON CONFLICT (name) DO NOTHING
