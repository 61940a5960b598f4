-- Which settings make this server forget or tear what it has confirmed when its machine crashes?
SELECT string_agg(name || ' = ' || setting, ' and ' ORDER BY name) AS unsafe
FROM pg_settings
WHERE name IN ('fsync', 'full_page_writes') AND setting = 'off'
