-- Register by register the larger rank of two counters, both as planes. Two ranks differ first in the highest plane in
-- which their bits differ; where b has the 1 there, b is larger and its bits replace those of a.
CREATE OR REPLACE FUNCTION weir.distinct_larger(a varbit, b varbit) RETURNS varbit
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS
$$
DECLARE
  differs CONSTANT varbit := a # b;
  only_b CONSTANT varbit := differs & b;
  decided varbit := substring(differs FROM 20481 FOR 4096);
  b_larger varbit := substring(only_b FROM 20481 FOR 4096);
BEGIN
  FOR plane IN REVERSE 4 .. 0 LOOP
    b_larger := b_larger | (substring(only_b FROM plane * 4096 + 1 FOR 4096) & ~decided);
    decided := decided | substring(differs FROM plane * 4096 + 1 FOR 4096);
  END LOOP;
  RETURN a # (differs & (b_larger || b_larger || b_larger || b_larger || b_larger || b_larger));
END
$$;
