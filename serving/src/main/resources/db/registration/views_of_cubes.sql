-- The merged views that are there, as their comments tell.
SELECT
  n.nspname || '."' || c.relname || '"' AS view,
  substring(obj_description(c.oid, 'pg_class') FROM '^Cube (\S+) by .* \(definition \S+, script \S+\)$') AS cube
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE c.relkind = 'v' AND n.nspname IN ('serving', 'rollup')
