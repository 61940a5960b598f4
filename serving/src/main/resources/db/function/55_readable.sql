-- The first bytes of a record as text: itself where they are UTF-8, and otherwise in PostgreSQL's escape format.
CREATE OR REPLACE FUNCTION weir.readable(raw bytea, most int) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT AS
$$
DECLARE
  shown CONSTANT bytea := substring(raw FROM 1 FOR most);
BEGIN
  -- The last character may be cut in its middle; it has four bytes at most.
  FOR cut IN 0 .. CASE WHEN length(raw) > most THEN 3 ELSE 0 END LOOP
    BEGIN
      RETURN convert_from(substring(shown FROM 1 FOR length(shown) - cut), 'UTF8');
    EXCEPTION
      WHEN character_not_in_repertoire OR untranslatable_character THEN NULL;
    END;
  END LOOP;
  RETURN encode(shown, 'escape');
END
$$;
-- An older release may have taken it for one of the layers' own.
GRANT EXECUTE ON FUNCTION weir.readable(bytea, int) TO PUBLIC;
