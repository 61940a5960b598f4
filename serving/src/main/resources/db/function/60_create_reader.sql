-- Makes a login that can read what is served and nothing else. Settings belong to the role that logs in: a group cannot give them.
CREATE OR REPLACE FUNCTION weir.create_reader(login text) RETURNS text
LANGUAGE plpgsql AS
$$
DECLARE
  setting text;
BEGIN
  IF to_regrole('weir_reader') IS NULL THEN
    RAISE EXCEPTION 'there is no role weir_reader'
      USING HINT = 'As a user who may create roles: CREATE ROLE weir_reader NOLOGIN. Then migrate again.';
  END IF;
  EXECUTE format('CREATE ROLE %I LOGIN CONNECTION LIMIT 20 IN ROLE weir_reader', login);
  FOREACH setting IN ARRAY ARRAY[
    'default_transaction_read_only = on',
    -- The snapshot is taken before the plan is made: no partition can come in between.
    'default_transaction_isolation = ''repeatable read''',
    'statement_timeout = ''30s''',
    'idle_in_transaction_session_timeout = ''60s''',
    'lock_timeout = ''5s''',
    'work_mem = ''32MB''',
    'jit = off',
    'search_path = serving, weir'
  ] LOOP
    EXECUTE format('ALTER ROLE %I SET %s', login, setting);
  END LOOP;
  RETURN format('%s may log in and read; give it a password: \password %1$s', login);
END
$$;
