package dev.weir.faults.isolation;

import java.sql.Connection;
import java.sql.DriverManager;

/**
 * A reader that asks the served views again and again in one transaction: all answers must be of
 * one moment.
 */
final class LongReader implements Actor {
  private static final int READINGS = 3;

  @Override
  public String name() {
    return "reader";
  }

  @Override
  public boolean readOnly() {
    return true;
  }

  @Override
  public Outcome act(Stage stage, String database) throws Exception {
    try (Connection connection =
        DriverManager.getConnection(database, stage.database().user(), "")) {
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      Served first = stage.observer().read(connection);
      for (int reading = 1; reading < READINGS; reading++) {
        Served again = stage.observer().read(connection);
        if (!again.equals(first)) {
          throw new AssertionError("a reader saw first " + first + ", then " + again);
        }
      }
      connection.commit();
      return Outcome.done("read " + first);
    }
  }
}
