package dev.weir.serving.security.key;

import dev.weir.serving.security.caller.Role;
import dev.weir.serving.sql.SqlTemplate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code weir.api_key}. */
public final class KeyStore {
  private static final String CREATE = SqlTemplate.text("db/key/create.sql");
  private static final String ALL = SqlTemplate.text("db/key/all.sql");
  private static final String BY_PREFIX = SqlTemplate.text("db/key/by_prefix.sql");
  private static final String REVOKE = SqlTemplate.text("db/key/revoke.sql");
  private static final String USED = SqlTemplate.text("db/key/used.sql");
  private static final String USABLE = SqlTemplate.text("db/key/usable.sql");

  private final JdbcClient database;

  /** Reads and writes through these connections. */
  public KeyStore(JdbcClient database) {
    this.database = database;
  }

  /** A key that was made, and its text, which is nowhere else. */
  public record Created(ApiKey key, KeyText text) {}

  /** A key as it is kept, with its hash in hexadecimal. */
  record Kept(ApiKey key, String hash) {}

  /** Makes a key. */
  public Created create(NewKey key) {
    KeyText text = KeyText.random();
    ApiKey created =
        database
            .sql(CREATE)
            .param("prefix", text.prefix())
            .param("hash", text.hash())
            .param("name", key.name())
            .param("role", key.role().word())
            .param("created_by", key.createdBy())
            .param(
                "expires_at",
                key.expiresAt() == null ? null : key.expiresAt().atOffset(ZoneOffset.UTC),
                Types.TIMESTAMP_WITH_TIMEZONE)
            .query(KeyStore::key)
            .single();
    return new Created(created, text);
  }

  /** All keys, the revoked ones last. */
  public List<ApiKey> all() {
    return database.sql(ALL).query(KeyStore::key).list();
  }

  /** Revokes a key, now and for good; nothing if there is none with that id. */
  public Optional<ApiKey> revoke(long id) {
    return database.sql(REVOKE).param("id", id).query(KeyStore::key).optional();
  }

  /** How many keys can be used at this moment. */
  public long usable() {
    return database.sql(USABLE).query(Long.class).single();
  }

  Optional<Kept> find(String prefix) {
    return database
        .sql(BY_PREFIX)
        .param("prefix", prefix)
        .query(
            (row, number) ->
                new Kept(key(row, number), HexFormat.of().formatHex(row.getBytes("hash"))))
        .optional();
  }

  void used(String prefix) {
    database.sql(USED).param("prefix", prefix).update();
  }

  private static ApiKey key(ResultSet row, int number) throws SQLException {
    return new ApiKey(
        row.getLong("id"),
        row.getString("prefix"),
        row.getString("name"),
        Role.of(row.getString("role")).orElseThrow(),
        instant(row, "created_at"),
        row.getString("created_by"),
        instant(row, "expires_at"),
        instant(row, "revoked_at"),
        instant(row, "last_used_at"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
