-- Keeps a copy of every row of Weir's tables, and makes the function that puts them all back.
CREATE SCHEMA saved;

CREATE FUNCTION saved.tables() RETURNS TABLE (original text, copy text, columns text)
LANGUAGE sql
AS $$
  SELECT
    format('%I.%I', n.nspname, c.relname),
    format('saved.%I', n.nspname || '.' || c.relname),
    (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
     FROM pg_attribute a
     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '')
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname IN ('weir', 'speed', 'live', 'batch') AND c.relkind = 'r'
    AND c.relname <> 'flyway_schema_history'
$$;

DO $make$
DECLARE
  t record;
  statements text := '';
BEGIN
  CREATE TABLE saved.sequences AS
    SELECT format('%I.%I', schemaname, sequencename) AS name, last_value
    FROM pg_sequences WHERE schemaname = 'weir';
  FOR t IN SELECT * FROM saved.tables() LOOP
    EXECUTE format('CREATE TABLE %s AS SELECT %s FROM %s', t.copy, t.columns, t.original);
    statements := statements || format(
      'DELETE FROM %s; INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT * FROM %s; ',
      t.original, t.original, t.columns, t.copy);
  END LOOP;
  -- One function with one plan for each statement; triggers are off, for foreign keys hold in the copies.
  EXECUTE format($function$
    CREATE FUNCTION saved.restore() RETURNS void
    LANGUAGE plpgsql
    SET session_replication_role = 'replica'
    AS $$
    DECLARE
      created text;
    BEGIN
      FOR created IN SELECT original FROM saved.tables() WHERE to_regclass(copy) IS NULL LOOP
        EXECUTE 'DROP TABLE ' || created;
      END LOOP;
      PERFORM setval(name, coalesce(last_value, 1), last_value IS NOT NULL) FROM saved.sequences;
      %s
    END
    $$
    $function$, statements);
END
$make$;
