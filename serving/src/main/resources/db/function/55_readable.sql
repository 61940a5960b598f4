-- The first bytes of a record as text: itself where they are UTF-8, and otherwise in PostgreSQL's escape format.
CREATE OR REPLACE FUNCTION weir.readable(raw bytea, most int) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT AS
$$
DECLARE
  shown int := least(length(raw), most);
BEGIN
  -- Not half a character: its first byte begins with the bits 11, the others, three at most, with 10.
  IF shown < length(raw) THEN
    WHILE shown > most - 3 AND get_byte(raw, shown) & 192 = 128 LOOP
      shown := shown - 1;
    END LOOP;
    IF get_byte(raw, shown) < 192 THEN
      shown := most;
    END IF;
  END IF;
  RETURN convert_from(substring(raw FROM 1 FOR shown), 'UTF8');
EXCEPTION
  WHEN character_not_in_repertoire OR untranslatable_character THEN
    RETURN encode(substring(raw FROM 1 FOR most), 'escape');
END
$$;
