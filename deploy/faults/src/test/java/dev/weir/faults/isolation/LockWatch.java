package dev.weir.faults.isolation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Asks the server who waits for whom. */
final class LockWatch implements AutoCloseable {
  /** Only waiting for another client counts: what the server does in the background passes. */
  private static final String WAITING =
      """
      SELECT count(*)
      FROM pg_stat_activity AS waiter
      WHERE waiter.datname = current_database() AND waiter.wait_event_type = 'Lock'
        AND EXISTS (
          SELECT
          FROM unnest(pg_blocking_pids(waiter.pid)) AS blocking (pid)
          JOIN pg_stat_activity AS blocker ON blocker.pid = blocking.pid
          WHERE blocker.backend_type = 'client backend')\
      """;

  private final Connection connection;
  private final PreparedStatement waiting;

  LockWatch(DataSource database) throws SQLException {
    connection = database.getConnection();
    waiting = connection.prepareStatement(WAITING);
  }

  /** How many sessions wait for a lock that another session holds. */
  int waiting() throws SQLException {
    try (ResultSet row = waiting.executeQuery()) {
      row.next();
      return row.getInt(1);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
