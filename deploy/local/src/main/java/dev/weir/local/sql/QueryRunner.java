package dev.weir.local.sql;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs a query in a transaction of its own and prints its rows as they come. */
public final class QueryRunner {
  private static final int FETCH_ROWS = 1_000;

  private final Connection connection;
  private final ResultPrinter printer;
  private final PrintStream out;

  /**
   * A runner.
   *
   * @param connection without auto-commit
   */
  public QueryRunner(Connection connection, ResultPrinter printer, PrintStream out) {
    this.connection = connection;
    this.printer = printer;
    this.out = out;
  }

  /** Runs it, and returns how many rows were printed. */
  public long run(String query) throws SQLException {
    long printed = 0;
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCH_ROWS);
      for (boolean rows = statement.execute(query);
          rows || statement.getUpdateCount() >= 0;
          rows = statement.getMoreResults()) {
        if (rows) {
          try (ResultSet result = statement.getResultSet()) {
            printed += printer.print(result, out);
          }
        }
      }
      connection.commit();
      return printed;
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    }
  }
}
