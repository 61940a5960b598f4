package dev.weir.speed.commit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
    try (PreparedStatement statement = connection.prepareStatement(Statements.READ_HEAD);
        ResultSet row = statement.executeQuery()) {
      return of(row);
    }
  }

  /**
   * Reads the head and keeps everybody else from changing it until the transaction ends.
   *
   * @param patience how long another session's lock is waited for; SQLSTATE 55P03 after that
   */
  static Head lock(Connection connection, Duration patience) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // One round trip. Nothing but the head is waited for less long than a statement may take.
      statement.execute(
          "SET LOCAL lock_timeout = %d; %s; SET LOCAL lock_timeout TO DEFAULT"
              .formatted(patience.toMillis(), Statements.LOCK_HEAD.strip()));
      statement.getMoreResults();
      try (ResultSet row = statement.getResultSet()) {
        return of(row);
      }
    }
  }

  private static Head of(ResultSet row) throws SQLException {
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
