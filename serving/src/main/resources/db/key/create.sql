INSERT INTO weir.api_key (prefix, hash, name, role, created_by, expires_at)
VALUES (:prefix, :hash, :name, :role, :created_by, :expires_at)
RETURNING id, prefix, name, role, created_at, created_by, expires_at, revoked_at, last_used_at
