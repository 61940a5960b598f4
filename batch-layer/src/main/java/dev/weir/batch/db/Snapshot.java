package dev.weir.batch.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Reads several things as they were at one moment. */
public final class Snapshot {

  private Snapshot() {}

  /** Reads in one read-only transaction, on a connection that is otherwise in auto-commit mode. */
  public static void of(Connection connection, Transaction.Work<SQLException> reading)
      throws SQLException {
    Transaction.<SQLException>run(
        connection,
        () -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
          }
          reading.run();
        });
  }
}
