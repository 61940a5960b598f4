package dev.weir.benchmark;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** How many records the commit log accounts for. */
public final class Committed {
  private static final String RECORDS = SqlText.read(Committed.class, "records_committed");

  private Committed() {}

  /** Duplicates and malformed ones included. */
  public static long records(Connection connection) {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(RECORDS)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new BenchmarkFailure("the database does not tell what is committed: " + e);
    }
  }

  /** Waits until so many are, for five minutes at most. */
  public static void await(BenchmarkRuntime runtime, Connection connection, long records)
      throws InterruptedException {
    Await.until(runtime, "all records to be committed", () -> records(connection) >= records);
  }
}
