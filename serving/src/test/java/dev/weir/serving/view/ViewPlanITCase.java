package dev.weir.serving.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.db.SamplePipeline;
import dev.weir.event.Event;
import dev.weir.event.RandomEvents;
import dev.weir.pipeline.Pipeline;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What PostgreSQL reads for a question: the days asked for, and no sketch that is not. */
class ViewPlanITCase {
  private static ServedLog log;

  @BeforeAll
  static void fourDays() {
    Pipeline pipeline = SamplePipeline.web();
    log = new ServedLog(pipeline);
    RandomEvents random =
        new RandomEvents(pipeline, 3, Instant.parse("2026-03-01T00:00:00Z"))
            .lateShare(0)
            .duplicateShare(0)
            .keys(2)
            .stepMillis(300_000);
    List<Event> events = random.list(1_150);
    log.commit(1, 1, events);
    log.write(1, 1, events);
    log.publish(1, 1, events);
    log.database().execute("ANALYZE");
  }

  @AfterAll
  static void drop() {
    log.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"minute", "hour", "day"})
  void readsOnlyTheDaysOfTheRange(String granularity) throws SQLException {
    String plan =
        plan(
            "SELECT bucket, event_count FROM serving.traffic_"
                + granularity
                + " WHERE bucket >= '2026-03-03T00:00:00Z' AND bucket < '2026-03-04T00:00:00Z'");

    assertThat(plan).contains("_20260303").doesNotContain("_20260301", "_20260302", "_20260304");
  }

  @Test
  void filtersByDimensionBeforeMerging() throws SQLException {
    String plan =
        plan("SELECT bucket, event_count FROM serving.traffic_hour WHERE event_type IS NULL");

    // What is served as it was published, then four parts that are merged.
    assertThat(plan.substring(plan.indexOf("Aggregate")).split("event_type IS NULL", -1))
        .hasSizeGreaterThan(4);
    assertThat(plan.substring(0, plan.indexOf("Aggregate"))).contains("event_type IS NULL");
  }

  @Test
  void computesNoSketchThatIsNotAskedFor() throws SQLException {
    assertThat(plan("SELECT bucket, event_count, value_sum FROM serving.traffic_minute"))
        .doesNotContain("weir.merge", "percentile");
    assertThat(plan("SELECT bucket, value_p95 FROM serving.traffic_minute"))
        .contains("value_sketch")
        .doesNotContain("hll)");
  }

  private static String plan(String query) throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (Connection connection = log.database().connect();
        Statement statement = connection.createStatement();
        ResultSet lines = statement.executeQuery("EXPLAIN (VERBOSE, COSTS OFF) " + query)) {
      while (lines.next()) {
        plan.append(lines.getString(1)).append('\n');
      }
    }
    return plan.toString();
  }
}
