-- Who may ask the serving application, and what was done and refused there.

CREATE TABLE weir.api_key (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  prefix       text NOT NULL UNIQUE CHECK (prefix ~ '^[a-z0-9]{8}$'),
  hash         bytea NOT NULL CHECK (octet_length(hash) = 32),
  name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  role         text NOT NULL CHECK (role IN ('reader', 'operator', 'admin')),
  created_at   timestamptz NOT NULL DEFAULT now(),
  created_by   text NOT NULL,
  expires_at   timestamptz,
  revoked_at   timestamptz,
  last_used_at timestamptz
);
COMMENT ON TABLE weir.api_key IS 'Keys of the HTTP API. The key itself is not here: whoever reads this table cannot use one.';
COMMENT ON COLUMN weir.api_key.prefix IS 'Second part of the key, weir_<prefix>_<secret>: names it without giving it away.';
COMMENT ON COLUMN weir.api_key.hash IS 'SHA-256 of the whole key. Its secret part is 256 random bits, so that no salt and no slow hash is needed.';
COMMENT ON COLUMN weir.api_key.role IS 'reader, operator or admin; each may do what the one before may.';
COMMENT ON COLUMN weir.api_key.created_by IS 'Who made it: a caller''s name, or the account that ran the command.';
COMMENT ON COLUMN weir.api_key.expires_at IS 'From when on it is refused; null: never.';
COMMENT ON COLUMN weir.api_key.revoked_at IS 'Since when it is refused; null while it is not revoked.';
COMMENT ON COLUMN weir.api_key.last_used_at IS 'Last use, at most a minute too early; null before the first.';

CREATE TABLE weir.audit (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at      timestamptz NOT NULL DEFAULT now(),
  who     text NOT NULL,
  role    text,
  address text NOT NULL,
  action  text NOT NULL,
  target  text NOT NULL,
  outcome text NOT NULL
);
COMMENT ON TABLE weir.audit IS 'Everything that was changed over the HTTP API or the key command, and every refused credential or role. Rows are only ever added.';
COMMENT ON COLUMN weir.audit.who IS 'Kind and name of the caller; of a refused key its prefix, never the key.';
COMMENT ON COLUMN weir.audit.role IS 'Role of the caller; null where none was established.';
COMMENT ON COLUMN weir.audit.address IS 'Where the request came from: the peer, or whom a trusted proxy names.';
COMMENT ON COLUMN weir.audit.action IS 'Method and endpoint, or the command.';
COMMENT ON COLUMN weir.audit.target IS 'What it was done to.';
COMMENT ON COLUMN weir.audit.outcome IS 'done, failed or refused, with the status or the reason.';

CREATE FUNCTION weir.keep_audit() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is only added to'
    USING HINT = 'To let old entries go, the table''s owner can disable the trigger audit_is_kept in the same transaction.';
END
$$;
CREATE TRIGGER audit_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON weir.audit
FOR EACH STATEMENT EXECUTE FUNCTION weir.keep_audit();
