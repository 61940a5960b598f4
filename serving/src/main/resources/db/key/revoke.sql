UPDATE weir.api_key SET revoked_at = coalesce(revoked_at, now())
WHERE id = :id
RETURNING id, prefix, name, role, created_at, created_by, expires_at, revoked_at, last_used_at
