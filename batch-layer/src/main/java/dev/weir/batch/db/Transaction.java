package dev.weir.batch.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs statements as one transaction on a connection that is otherwise in auto-commit mode. */
public final class Transaction {

  private Transaction() {}

  /** What is done in the transaction; any exception rolls it back. */
  @FunctionalInterface
  public interface Work<E extends Exception> {
    void run() throws SQLException, E;
  }

  /**
   * All or nothing.
   *
   * @throws UnknownOutcomeException if the connection was lost during the commit
   */
  public static <E extends Exception> void run(Connection connection, Work<E> work)
      throws SQLException, E {
    connection.setAutoCommit(false);
    boolean committed = false;
    try {
      work.run();
      commit(connection);
      committed = true;
    } finally {
      if (!committed && !connection.isClosed()) {
        connection.rollback();
      }
      if (!connection.isClosed()) {
        connection.setAutoCommit(true);
      }
    }
  }

  /**
   * Has the server end the session, and with it the transaction at hand, when nothing has come from
   * it for 30 s between two statements. For those that keep the head locked, and with it every
   * commit out. Others wait for Spark meanwhile.
   */
  public static void limitIdleness(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL idle_in_transaction_session_timeout = '30s'");
    }
  }

  private static void commit(Connection connection) throws SQLException {
    try {
      connection.commit();
    } catch (SQLException e) {
      // 08: connection exceptions; 57P: the server goes down or ends the session.
      String state = String.valueOf(e.getSQLState());
      if (connection.isClosed() || state.startsWith("08") || state.startsWith("57P")) {
        throw new UnknownOutcomeException(e);
      }
      throw e;
    }
  }
}
