SELECT id, at, who, role, address, action, target, outcome
FROM weir.audit
WHERE id < :before
ORDER BY id DESC
LIMIT :limit
