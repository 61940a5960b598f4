package dev.weir.faults.check;

import dev.weir.aggregate.MeasureLayout;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.oracle.SeededStream;
import dev.weir.oracle.SeededStream.Series;
import dev.weir.oracle.ServedCube;
import dev.weir.pipeline.Pipeline;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/**
 * Every served row, by minute, hour and day and sketches included, against the truth; and the two
 * cubes against each other.
 */
final class ServedRows {
  private static final int SHOWN = 3;

  private final MeasureLayout layout;
  private final SeededStream stream;

  ServedRows(Pipeline pipeline, SeededStream stream) {
    this.layout = pipeline.cubes().get(0).layout();
    this.stream = stream;
  }

  void check(Connection connection, Differences differences) throws SQLException {
    Map<Series, MinuteAggregate> minutes = stream.truth();
    compare("minute", minutes, connection, differences);
    compare("hour", merged(minutes, ChronoUnit.HOURS), connection, differences);
    compare("day", merged(minutes, ChronoUnit.DAYS), connection, differences);
    cubesAgree(connection, differences);
  }

  private static Map<Series, MinuteAggregate> merged(
      Map<Series, MinuteAggregate> minutes, ChronoUnit bucket) {
    Map<Series, MinuteAggregate> merged = new HashMap<>();
    minutes.forEach(
        (minute, aggregate) -> {
          Series series =
              new Series(
                  minute.minute().truncatedTo(bucket), minute.eventType(), minute.userSegment());
          MinuteAggregate sum = merged.get(series);
          if (sum == null) {
            merged.put(series, aggregate.copy());
          } else {
            sum.merge(aggregate);
          }
        });
    return merged;
  }

  private void compare(
      String bucket,
      Map<Series, MinuteAggregate> truth,
      Connection connection,
      Differences differences)
      throws SQLException {
    Map<Series, MinuteAggregate> served = ServedCube.rows(connection, layout, bucket);
    differences.expect("the number of rows by " + bucket, truth.size(), served.size());
    int shown = 0;
    for (Map.Entry<Series, MinuteAggregate> row : truth.entrySet()) {
      MinuteAggregate actual = served.get(row.getKey());
      if (!row.getValue().equals(actual) && shown++ < SHOWN) {
        differences.expect("the " + bucket + "'s row of " + row.getKey(), row.getValue(), actual);
      }
    }
    for (Series series : served.keySet()) {
      if (!truth.containsKey(series) && shown++ < SHOWN) {
        differences.add(
            "a row is served by " + bucket + " that nothing was produced for: " + series);
      }
    }
  }

  private static void cubesAgree(Connection connection, Differences differences)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery(SqlText.of("cubes_disagree"))) {
        while (row.next()) {
          differences.add(
              "the two cubes differ at "
                  + row.getString(1)
                  + " "
                  + row.getString(2)
                  + ": "
                  + row.getString(3)
                  + " and "
                  + row.getString(4)
                  + " events");
        }
      }
      try (ResultSet row = statement.executeQuery(SqlText.of("coarser"))) {
        row.next();
        for (int column = 2; column <= 4; column++) {
          differences.expect(
              "the number of events in " + row.getMetaData().getColumnLabel(column),
              row.getLong(1),
              row.getLong(column));
        }
      }
    }
  }
}
