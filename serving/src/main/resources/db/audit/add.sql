INSERT INTO weir.audit (who, role, address, action, target, outcome)
VALUES (:who, :role, :address, :action, :target, :outcome)
