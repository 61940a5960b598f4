UPDATE weir.api_key SET last_used_at = now()
WHERE prefix = :prefix
