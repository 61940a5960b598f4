package dev.weir.benchmark.served;

import dev.weir.benchmark.BenchmarkFailure;
import dev.weir.benchmark.SqlText;
import dev.weir.benchmark.stream.ExpectedTraffic;
import dev.weir.benchmark.stream.ExpectedTraffic.Series;
import dev.weir.benchmark.stream.ExpectedTraffic.Totals;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** Compares what is served with what was generated: a fast wrong answer is no result. */
public final class CheckServed {
  private CheckServed() {}

  /**
   * Compares count, sum, min and max of every row of the traffic cube, and the routes' total.
   *
   * @throws BenchmarkFailure if anything differs
   */
  public static void equal(Connection connection, ExpectedTraffic expected) throws SQLException {
    traffic(connection, expected);
    long routes = numbers(connection, "served_routes", 1)[0];
    if (routes != expected.counted()) {
      throw new BenchmarkFailure(
          "the routes cube serves " + routes + " events instead of " + expected.counted());
    }
  }

  /**
   * Compares count, sum, min and max of every row of the traffic cube.
   *
   * @throws BenchmarkFailure if anything differs
   */
  public static void traffic(Connection connection, ExpectedTraffic expected) throws SQLException {
    Map<Series, Totals> served = served(connection);
    if (!served.equals(expected.rows())) {
      throw new BenchmarkFailure(difference(served, expected));
    }
  }

  /**
   * Compares the ledger's counters with the records' fates.
   *
   * @throws BenchmarkFailure if a record was lost, or met another fate than it must
   */
  public static void conserved(Connection connection, ExpectedTraffic expected)
      throws SQLException {
    long[] fates = numbers(connection, "records_by_fate", 5);
    if (fates[0] != expected.records()
        || fates[1] != expected.counted()
        || fates[2] != expected.duplicate()
        || fates[3] != expected.malformed()) {
      throw new BenchmarkFailure(
          "of %d records came in %d: counted %d instead of %d, duplicate %d instead of %d, dead letters %d instead of %d, filtered %d"
              .formatted(
                  expected.records(),
                  fates[0],
                  fates[1],
                  expected.counted(),
                  fates[2],
                  expected.duplicate(),
                  fates[3],
                  expected.malformed(),
                  fates[4]));
    }
  }

  private static Map<Series, Totals> served(Connection connection) throws SQLException {
    Map<Series, Totals> served = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SqlText.read(CheckServed.class, "served_traffic"))) {
      while (row.next()) {
        served.put(
            new Series(row.getLong(1), row.getString(2), row.getString(3)),
            new Totals(
                row.getLong(4),
                cents(row.getBigDecimal(5)),
                cents(row.getBigDecimal(6)),
                cents(row.getBigDecimal(7))));
      }
    }
    return served;
  }

  private static long cents(BigDecimal value) {
    return value.movePointRight(2).longValueExact();
  }

  private static String difference(Map<Series, Totals> served, ExpectedTraffic expected) {
    long differing =
        expected.rows().entrySet().stream()
            .filter(e -> !e.getValue().equals(served.get(e.getKey())))
            .count();
    long total = served.values().stream().mapToLong(Totals::count).sum();
    return "%d of %d rows differ; %d rows are served with %d events instead of %d"
        .formatted(differing, expected.rows().size(), served.size(), total, expected.counted());
  }

  private static long[] numbers(Connection connection, String question, int columns)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SqlText.read(CheckServed.class, question))) {
      row.next();
      long[] numbers = new long[columns];
      for (int i = 0; i < columns; i++) {
        numbers[i] = row.getLong(i + 1);
      }
      return numbers;
    }
  }
}
