package dev.weir.benchmark.peer;

import dev.weir.benchmark.BenchmarkRuntime;
import dev.weir.benchmark.SqlText;
import dev.weir.benchmark.stream.ExpectedTraffic;
import dev.weir.benchmark.stream.ExpectedTraffic.Series;
import dev.weir.benchmark.stream.ExpectedTraffic.Totals;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** The table that peers write their rows to, in the database that serves Weir's. */
final class PeerTraffic {
  private final BenchmarkRuntime runtime;

  PeerTraffic(BenchmarkRuntime runtime) {
    this.runtime = runtime;
  }

  /** Where it is; the URL names the user. */
  String url() {
    return runtime.endpoints().jdbcUrl() + "?user=" + runtime.endpoints().user();
  }

  /** Makes the table anew. */
  void reset() throws SQLException {
    try (Connection connection = runtime.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql("create_schema"));
      statement.execute(sql("drop_traffic"));
      statement.execute(sql("create_traffic"));
    }
  }

  /**
   * Compares count, sum, min and max of every row with what was generated.
   *
   * @return {@link EngineFigures#EXACT} or what differs
   */
  String compare(ExpectedTraffic expected) throws SQLException {
    Map<Series, Totals> written = written();
    if (written.equals(expected.rows())) {
      return EngineFigures.EXACT;
    }
    long differing =
        expected.rows().entrySet().stream()
            .filter(e -> !e.getValue().equals(written.get(e.getKey())))
            .count();
    long counted = written.values().stream().mapToLong(Totals::count).sum();
    return "%d of %d rows differ, %d events counted instead of %d"
        .formatted(differing, expected.rows().size(), counted, expected.counted());
  }

  private Map<Series, Totals> written() throws SQLException {
    Map<Series, Totals> written = new HashMap<>();
    try (Connection connection = runtime.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql("written_traffic"))) {
      while (row.next()) {
        written.put(
            new Series(row.getLong(1), row.getString(2), row.getString(3)),
            new Totals(
                row.getLong(4),
                cents(row.getDouble(5)),
                cents(row.getDouble(6)),
                cents(row.getDouble(7))));
      }
    }
    return written;
  }

  /** Peers add doubles up; far less than a cent is lost. */
  private static long cents(double value) {
    return Math.round(value * 100);
  }

  private static String sql(String name) {
    return SqlText.read(PeerTraffic.class, name);
  }
}
