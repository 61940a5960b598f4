-- The six bit planes of a distinct counter's 4096 ranks, one after the other, lowest bit first: 24576 bits. The dense
-- form is that already; of the sparse form (three bytes: register, register, rank) the bits are set one by one.
CREATE OR REPLACE FUNCTION weir.distinct_planes(counter bytea) RETURNS varbit
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS
$$
DECLARE
  planes varbit;
  register int;
  rank int;
BEGIN
  IF length(counter) = 3072 THEN
    RETURN ('x' || encode(counter, 'hex'))::varbit;
  END IF;
  planes := repeat('0', 24576)::varbit;
  FOR entry IN 0 .. length(counter) / 3 - 1 LOOP
    register := get_byte(counter, 3 * entry) * 256 + get_byte(counter, 3 * entry + 1);
    rank := get_byte(counter, 3 * entry + 2);
    FOR plane IN 0 .. 5 LOOP
      IF rank & (1 << plane) <> 0 THEN
        planes := set_bit(planes, plane * 4096 + register, 1);
      END IF;
    END LOOP;
  END LOOP;
  RETURN planes;
END
$$;
