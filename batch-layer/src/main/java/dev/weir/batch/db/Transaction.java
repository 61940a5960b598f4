package dev.weir.batch.db;

import java.sql.Connection;
import java.sql.SQLException;

/** Runs statements as one transaction on a connection that is otherwise in auto-commit mode. */
public final class Transaction {

  private Transaction() {}

  /** What is done in the transaction; any exception rolls it back. */
  @FunctionalInterface
  public interface Work<E extends Exception> {
    void run() throws SQLException, E;
  }

  /** All or nothing. */
  public static <E extends Exception> void run(Connection connection, Work<E> work)
      throws SQLException, E {
    connection.setAutoCommit(false);
    boolean committed = false;
    try {
      work.run();
      connection.commit();
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
}
