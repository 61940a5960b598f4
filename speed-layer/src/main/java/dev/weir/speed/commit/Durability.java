package dev.weir.speed.commit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What a server must do for a confirmed commit to outlive its crash, and a session cannot ask for
 * ({@code synchronous_commit} it can, and every connection does).
 */
final class Durability {
  private Durability() {}

  /** What is wrong with the server's settings and what to do; empty if nothing is. */
  static Optional<String> warning(Connection connection, DatabaseAddress database)
      throws SQLException {
    try (PreparedStatement read = connection.prepareStatement(Statements.READ_UNSAFE_SETTINGS);
        ResultSet row = read.executeQuery()) {
      row.next();
      return Optional.ofNullable(row.getString("unsafe"))
          .map(
              unsafe ->
                  ("the PostgreSQL server of %s runs with %s: when its machine crashes, commits are"
                          + " lost or torn that the job no longer holds, and their events are missing"
                          + " for good. This is for tests only; remove the setting from"
                          + " postgresql.conf and restart the server")
                      .formatted(database, unsafe));
    }
  }
}
