package dev.weir.benchmark.batch;

import dev.weir.benchmark.BenchmarkFailure;
import dev.weir.benchmark.BenchmarkRuntime;
import dev.weir.benchmark.SqlText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Only a log that nothing was committed to can be continued by hand. */
final class UsedLog {
  private UsedLog() {}

  /**
   * Refuses any other.
   *
   * @throws BenchmarkFailure if something was committed
   */
  static void refuse(BenchmarkRuntime runtime, Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SqlText.read(UsedLog.class, "log_is_empty"))) {
      row.next();
      if (!row.getBoolean(1)) {
        throw new BenchmarkFailure(
            runtime.data().root() + " was used before; name an empty folder with --data");
      }
    }
  }
}
