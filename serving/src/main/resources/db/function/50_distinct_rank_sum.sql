-- What the estimate needs of a distinct counter: how many registers are empty, and the sum of 2^(53 - rank) over the
-- others (53 is the highest rank). For the dense form the registers of each rank are counted by intersecting bit planes,
-- the upper four bits of the rank first: most combinations have no register at all.
CREATE OR REPLACE FUNCTION weir.distinct_rank_sum(counter bytea, OUT empty int, OUT rank_sum numeric)
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS
$$
DECLARE
  -- Unpacked once: get_byte of a compressed value would unpack it for every byte.
  entries bytea;
  planes varbit;
  p varbit[];
  upper_bits varbit;
  registers varbit;
  found int;
BEGIN
  IF length(counter) <> 3072 THEN
    entries := counter || ''::bytea;
    empty := 4096 - length(entries) / 3;
    SELECT coalesce(sum(1::bigint << (53 - get_byte(entries, at))), 0) INTO rank_sum
    FROM generate_series(2, length(entries) - 1, 3) AS at;
    RETURN;
  END IF;
  planes := weir.distinct_planes(counter);
  FOR plane IN 0 .. 5 LOOP
    p[plane] := substring(planes FROM plane * 4096 + 1 FOR 4096);
  END LOOP;
  rank_sum := 0;
  FOR upper_rank IN 0 .. 13 LOOP
    upper_bits := CASE WHEN upper_rank & 8 = 0 THEN ~p[5] ELSE p[5] END
      & CASE WHEN upper_rank & 4 = 0 THEN ~p[4] ELSE p[4] END
      & CASE WHEN upper_rank & 2 = 0 THEN ~p[3] ELSE p[3] END
      & CASE WHEN upper_rank & 1 = 0 THEN ~p[2] ELSE p[2] END;
    CONTINUE WHEN bit_count(upper_bits) = 0;
    FOR lower_rank IN 0 .. 3 LOOP
      registers := upper_bits
        & CASE WHEN lower_rank & 2 = 0 THEN ~p[1] ELSE p[1] END
        & CASE WHEN lower_rank & 1 = 0 THEN ~p[0] ELSE p[0] END;
      found := bit_count(registers);
      IF upper_rank = 0 AND lower_rank = 0 THEN
        empty := found;
      ELSIF found > 0 THEN
        rank_sum := rank_sum + found * (1::bigint << (53 - 4 * upper_rank - lower_rank))::numeric;
      END IF;
    END LOOP;
  END LOOP;
  empty := coalesce(empty, 0);
END
$$;
