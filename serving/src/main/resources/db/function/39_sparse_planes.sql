-- The bit planes of a distinct counter in the sparse form (three bytes: register, register, rank), of any length: the
-- bits are set one by one.
CREATE OR REPLACE FUNCTION weir.sparse_planes(entries bytea) RETURNS varbit
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS
$$
DECLARE
  planes varbit := repeat('0', 24576)::varbit;
  register int;
  rank int;
BEGIN
  FOR entry IN 0 .. length(entries) / 3 - 1 LOOP
    register := get_byte(entries, 3 * entry) * 256 + get_byte(entries, 3 * entry + 1);
    rank := get_byte(entries, 3 * entry + 2);
    FOR plane IN 0 .. 5 LOOP
      IF rank & (1 << plane) <> 0 THEN
        planes := set_bit(planes, plane * 4096 + register, 1);
      END IF;
    END LOOP;
  END LOOP;
  RETURN planes;
END
$$;
