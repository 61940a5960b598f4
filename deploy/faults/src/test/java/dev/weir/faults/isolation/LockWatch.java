package dev.weir.faults.isolation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Asks the server who waits for whom. */
final class LockWatch implements AutoCloseable {
  /** Only waiting for another client counts: what the server does in the background passes. */
  private static final String WAITS =
      """
      SELECT EXISTS (
        SELECT
        FROM unnest(pg_blocking_pids(?)) AS blocking (pid)
        JOIN pg_stat_activity AS blocker ON blocker.pid = blocking.pid
        WHERE blocker.backend_type = 'client backend')\
      """;

  private final Connection connection;
  private final PreparedStatement waits;

  LockWatch(DataSource database) throws SQLException {
    connection = database.getConnection();
    waits = connection.prepareStatement(WAITS);
  }

  /**
   * Whether a session waits for a lock that another client's session holds.
   *
   * @param backend its process id
   */
  boolean waits(int backend) throws SQLException {
    waits.setInt(1, backend);
    try (ResultSet row = waits.executeQuery()) {
      row.next();
      return row.getBoolean(1);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
