-- The role that readers are members of: one for all databases of a server.
DO $$
BEGIN
  IF to_regrole('weir_reader') IS NULL
    AND (SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user)
  THEN
    CREATE ROLE weir_reader NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  -- Somebody migrates another database of this server at the same moment.
  NULL;
END
$$
