package dev.weir.benchmark.peer.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.percentile_approx;
import static org.apache.spark.sql.functions.sum;

import dev.weir.benchmark.peer.work.TrafficRow;
import java.sql.Timestamp;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/** The measures that both queries compute, and the rows they give. */
final class TrafficQuery {
  private static final int PERCENTILE_ACCURACY = 1000;

  static final Column COUNT = count(lit(1)).as("event_count");

  private TrafficQuery() {}

  /** Sum, min, max and approximate p95 of {@code value}, in this order. */
  static Column[] measures() {
    return new Column[] {
      sum("value").as("value_sum"),
      min("value").as("value_min"),
      max("value").as("value_max"),
      percentile_approx(col("value"), lit(0.95), lit(PERCENTILE_ACCURACY)).as("value_p95")
    };
  }

  /** Rows of: minute, event type, user segment, {@link #COUNT}, {@link #measures}. */
  static List<TrafficRow> rows(List<Row> rows) {
    return rows.stream()
        .map(
            row ->
                new TrafficRow(
                    ((Timestamp) row.get(0)).getTime(),
                    row.getString(1),
                    row.getString(2),
                    row.getLong(3),
                    row.getDouble(4),
                    row.getDouble(5),
                    row.getDouble(6),
                    row.getDouble(7)))
        .toList();
  }
}
