-- Whether the views show the declared definition.
SELECT coalesce(obj_description(to_regclass(:view), 'pg_class') LIKE '%definition ' || :definition || '%', false)
