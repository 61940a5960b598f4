package dev.weir.oracle;

import dev.weir.aggregate.HyperLogLog;
import dev.weir.aggregate.MeasureLayout;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.aggregate.NumberAggregate;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Reads the clicks of {@code serving.traffic_*} back into aggregates, sketches included. */
public final class ServedCube {

  private static final int SCALE = 4;

  private static final String ROWS =
      """
      SELECT bucket, event_type, user_segment, event_count, value_sum, value_min, value_max,
             (value_sketch).bins AS bins, (value_sketch).counts AS counts, user_id_hll
      FROM serving.traffic_%s WHERE origin = 'clicks'
      """;

  private ServedCube() {}

  /** Every minute's row of the clicks. */
  public static Map<SeededStream.Series, MinuteAggregate> rows(
      Connection connection, MeasureLayout layout) throws SQLException {
    return rows(connection, layout, "minute");
  }

  /**
   * Every row of the clicks.
   *
   * @param bucket minute, hour or day
   */
  public static Map<SeededStream.Series, MinuteAggregate> rows(
      Connection connection, MeasureLayout layout, String bucket) throws SQLException {
    Map<SeededStream.Series, MinuteAggregate> rows = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(ROWS.formatted(bucket))) {
      while (row.next()) {
        SeededStream.Series series =
            new SeededStream.Series(
                row.getObject("bucket", OffsetDateTime.class).toInstant(),
                row.getString("event_type"),
                row.getString("user_segment"));
        if (rows.put(series, aggregate(row, layout)) != null) {
          throw new AssertionError("two rows for " + series);
        }
      }
    }
    return rows;
  }

  private static MinuteAggregate aggregate(ResultSet row, MeasureLayout layout)
      throws SQLException {
    int[] bins = ints(row.getArray("bins"));
    long[] counts = longs(row.getArray("counts"));
    NumberAggregate value =
        NumberAggregate.of(
            LongStream.of(counts).sum(),
            unscaled(row.getBigDecimal("value_sum")),
            unscaled(row.getBigDecimal("value_min")).longValueExact(),
            unscaled(row.getBigDecimal("value_max")).longValueExact(),
            bins,
            counts);
    return MinuteAggregate.of(
        layout,
        row.getLong("event_count"),
        List.of(value),
        List.of(HyperLogLog.of(row.getBytes("user_id_hll"))));
  }

  private static BigInteger unscaled(BigDecimal value) {
    return value == null ? BigInteger.ZERO : value.setScale(SCALE).unscaledValue();
  }

  private static int[] ints(Array array) throws SQLException {
    return array == null
        ? new int[0]
        : Stream.of((Integer[]) array.getArray()).mapToInt(Integer::intValue).toArray();
  }

  private static long[] longs(Array array) throws SQLException {
    return array == null
        ? new long[0]
        : Stream.of((Long[]) array.getArray()).mapToLong(Long::longValue).toArray();
  }

  /** The distinct {@code status} values of the rows of one source. */
  public static Set<String> statuses(Connection connection, String origin) throws SQLException {
    Set<String> statuses = new TreeSet<>();
    try (var query =
        connection.prepareStatement(
            "SELECT DISTINCT status FROM serving.traffic_minute WHERE origin = ?")) {
      query.setString(1, origin);
      ResultSet row = query.executeQuery();
      while (row.next()) {
        statuses.add(row.getString(1));
      }
    }
    return statuses;
  }

  /** All events of one source that the view shows at this moment. */
  public static long events(Connection connection, String origin) throws SQLException {
    try (var query =
        connection.prepareStatement(
            "SELECT coalesce(sum(event_count), 0) FROM serving.traffic_minute WHERE origin = ?")) {
      query.setString(1, origin);
      ResultSet row = query.executeQuery();
      row.next();
      return row.getLong(1);
    }
  }
}
