SELECT obj_description(to_regclass(?), 'pg_class')
