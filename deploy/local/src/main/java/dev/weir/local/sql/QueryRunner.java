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

  /** Whether the query has a row; prints nothing. */
  public boolean hasRows(String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next();
    } finally {
      connection.rollback();
    }
  }

  /** Runs it and prints its rows. */
  public void run(String query) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCH_ROWS);
      for (boolean rows = statement.execute(query);
          rows || statement.getUpdateCount() >= 0;
          rows = statement.getMoreResults()) {
        if (rows) {
          try (ResultSet result = statement.getResultSet()) {
            printer.print(result, out);
          }
        }
      }
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    }
  }
}
