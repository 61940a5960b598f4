SELECT id, prefix, name, role, created_at, created_by, expires_at, revoked_at, last_used_at
FROM weir.api_key
ORDER BY revoked_at IS NOT NULL, id
