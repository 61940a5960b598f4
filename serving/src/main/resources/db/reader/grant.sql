-- What readers may do: read every view, and call the functions that merge and read sketches, and those of the views. The others are the layers' own.
DO $$
DECLARE
  internal regprocedure;
  grantee text;
  grantee_id oid;
  served regclass;
BEGIN
  FOR internal IN
    SELECT p.oid
    FROM pg_proc AS p
    WHERE p.pronamespace = 'weir'::regnamespace
      AND p.proname <> ALL (ARRAY[
        'bin_value', 'percentile_of', 'percentile', 'merged_sketch', 'merge', 'sparse_planes', 'distinct_planes',
        'distinct_larger', 'merged_distinct', 'distinct_rank_sum', 'distinct_count', 'merged_distinct_count', 'count_distinct',
        'readable', 'rolled_up_through'])
      AND has_function_privilege('public', p.oid, 'EXECUTE')
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', internal);
    -- Layers that do not log in as the tables' owner.
    FOR grantee IN
      SELECT quote_ident(r.rolname)
      FROM pg_class AS c, aclexplode(c.relacl) AS granted
      JOIN pg_roles AS r ON r.oid = granted.grantee
      WHERE c.oid = 'weir.ledger'::regclass AND granted.privilege_type = 'SELECT'
    LOOP
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %s', internal, grantee);
    END LOOP;
  END LOOP;
  -- An older release that still runs takes these for some of the layers' own.
  FOREACH internal IN ARRAY ARRAY['weir.readable(bytea, int)', 'weir.rolled_up_through(text, text, bigint)']::regprocedure[] LOOP
    FOR grantee, grantee_id IN
      SELECT 'PUBLIC', 0::oid UNION ALL SELECT 'weir_reader', r.oid FROM pg_roles AS r WHERE r.rolname = 'weir_reader'
    LOOP
      IF NOT EXISTS (
        SELECT
        FROM pg_proc AS p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS granted
        WHERE p.oid = internal AND granted.grantee = grantee_id AND granted.privilege_type = 'EXECUTE'
      ) THEN
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %s', internal, grantee);
      END IF;
    END LOOP;
  END LOOP;
  IF to_regrole('weir_reader') IS NOT NULL THEN
    GRANT USAGE ON SCHEMA serving, rollup, weir TO weir_reader;
    FOR served IN
      SELECT c.oid
      FROM pg_class AS c
      WHERE c.relkind = 'v'
        AND c.relnamespace IN ('serving'::regnamespace, 'rollup'::regnamespace)
        AND NOT has_table_privilege('weir_reader', c.oid, 'SELECT')
    LOOP
      EXECUTE format('GRANT SELECT ON %s TO weir_reader', served);
    END LOOP;
  END IF;
END
$$
