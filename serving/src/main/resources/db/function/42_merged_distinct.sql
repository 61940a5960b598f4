-- The last step of weir.merge(bytea): the larger rank of every register. Nulls are ignored; null when nothing else was
-- there. The result has the canonical form of dev.weir.aggregate.HyperLogLog, which changes at 1024 registers.
CREATE OR REPLACE FUNCTION weir.merged_distinct(counters bytea[]) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS
$$
DECLARE
  counter bytea;
  few bytea[] := '{}';
  merged_few bytea;
  few_planes varbit;
  planes varbit;
BEGIN
  IF cardinality(counters) = 1 THEN
    RETURN counters[1];
  END IF;
  FOREACH counter IN ARRAY counters LOOP
    IF length(counter) = 3072 THEN
      planes := coalesce(weir.distinct_larger(planes, weir.distinct_planes(counter)), weir.distinct_planes(counter));
    ELSIF length(counter) % 3 <> 0 THEN
      RAISE EXCEPTION 'a distinct counter cannot have % bytes', length(counter) USING ERRCODE = 'data_corrupted';
    ELSIF counter IS NOT NULL THEN
      few := few || counter;
    END IF;
  END LOOP;
  IF few <> '{}' THEN
    SELECT coalesce(string_agg(substring(int4send(register * 256 + rank) FROM 2), '' ORDER BY register), '')
    INTO merged_few
    FROM (
      SELECT get_byte(sparse, at) * 256 + get_byte(sparse, at + 1) AS register, max(get_byte(sparse, at + 2)) AS rank
      FROM unnest(few) AS sparse, generate_series(0, length(sparse) - 3, 3) AS at
      GROUP BY register
    ) AS larger;
    IF planes IS NULL AND length(merged_few) < 3072 THEN
      RETURN merged_few;
    END IF;
    few_planes := weir.sparse_planes(merged_few);
    planes := coalesce(weir.distinct_larger(planes, few_planes), few_planes);
  END IF;
  -- The send function is the one way from bits to bytes; it puts the number of bits in front.
  RETURN substring(varbit_send(planes) FROM 5);
END
$$;
