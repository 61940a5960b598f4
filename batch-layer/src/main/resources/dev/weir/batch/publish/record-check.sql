-- Keeps the result of one comparison.
INSERT INTO weir.reconciliation (version, event_hour, check_name, subject, agrees, compared, detail)
VALUES (?, ?, ?, ?, ?, ?, ?)
