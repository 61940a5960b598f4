SELECT id, prefix, hash, name, role, created_at, created_by, expires_at, revoked_at, last_used_at
FROM weir.api_key
WHERE prefix = :prefix
