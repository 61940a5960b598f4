package dev.weir.speed.commit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * The row of {@code weir.head}.
 *
 * @param commit commit number of the head; 0 before the first
 * @param uuid its committable; {@link Committable#NONE} before the first
 * @param lastCommit highest commit number ever given
 * @param attempt number of the claim
 * @param jobId job that holds the claim; null when nobody does
 * @param seenAt when the owner was last seen, by the database's clock; null before the first claim
 * @param silent how long ago that was
 */
record Head(
    long commit,
    UUID uuid,
    long lastCommit,
    long attempt,
    String jobId,
    OffsetDateTime seenAt,
    Duration silent) {

  /** Reads the head as it is. */
  static Head read(Connection connection) throws SQLException {
    return query(connection, Statements.READ_HEAD);
  }

  /** Reads the head and keeps everybody else from changing it until the transaction ends. */
  static Head lock(Connection connection) throws SQLException {
    return query(connection, Statements.LOCK_HEAD);
  }

  private static Head query(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        throw new IllegalStateException(
            "weir.head has no row: the commit log was damaged by hand; restore the database");
      }
      return new Head(
          row.getLong("commit"),
          row.getObject("uuid", UUID.class),
          row.getLong("last_commit"),
          row.getLong("attempt"),
          row.getString("job_id"),
          row.getObject("seen_at", OffsetDateTime.class),
          Duration.ofMillis(row.getLong("silent_millis")));
    }
  }
}
