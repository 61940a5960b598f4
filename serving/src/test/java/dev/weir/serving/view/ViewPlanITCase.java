package dev.weir.serving.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.db.SamplePipeline;
import dev.weir.event.Event;
import dev.weir.event.RandomEvents;
import dev.weir.pipeline.Pipeline;
import dev.weir.serving.rollup.RollUps;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What PostgreSQL reads for a question: the days asked for, and no sketch that is not. */
class ViewPlanITCase {
  private static final Pattern PARTITION = Pattern.compile(" on (\\w+_2026\\d{4})\\b");

  private static final Pattern HOURS = Pattern.compile(" on (coverage|roll_up) ");

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

  /**
   * By what is known when the plan is made, when it starts, and of bound values: partitions of
   * other days are not read. Of hours and days whose range is not known to the planner, those of
   * the published hours at least: the others are partitioned by minute, and asked by index.
   */
  @ParameterizedTest
  @CsvSource({
    "minute, literal, ''",
    "hour, literal, ''",
    "day, literal, ''",
    "minute, bound, ''",
    "hour, bound, _hour_",
    "minute, interval, ''",
    "hour, interval, _hour_"
  })
  void opensNoPartitionOfAnotherDay(String granularity, String given, String tables)
      throws SQLException {
    String from = "timestamptz '2026-03-03T00:00:00Z'";
    String to = "timestamptz '2026-03-04T00:00:00Z'";
    for (String view : List.of("serving.traffic_", "rollup.traffic_total_")) {
      String question =
          "SELECT bucket, event_count FROM " + view + granularity + " WHERE bucket >= ";
      List<String> statements =
          switch (given) {
            case "literal" -> List.of(read(question + from + " AND bucket < " + to));
            case "bound" ->
                List.of(
                    "SET plan_cache_mode = force_generic_plan",
                    "PREPARE asked (timestamptz, timestamptz) AS "
                        + question
                        + "$1 AND bucket < $2",
                    read("EXECUTE asked (" + from + ", " + to + ")"));
            default ->
                List.of(
                    read(
                        question
                            + "now() - (now() - "
                            + from
                            + ") AND bucket < now() - (now() - "
                            + to
                            + ")"));
          };
      assertThat(readPartitions(statements))
          .as(view)
          .filteredOn(partition -> partition.contains(tables))
          .isNotEmpty()
          .allSatisfy(partition -> assertThat(partition).contains("_20260303"));
    }
  }

  private static String read(String query) {
    return "EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF, SUMMARY OFF) " + query;
  }

  /** The partitions that the last statement read. */
  private static List<String> readPartitions(List<String> statements) throws SQLException {
    List<String> partitions = new ArrayList<>();
    try (Connection connection = log.database().connect();
        Statement statement = connection.createStatement()) {
      for (String one : statements.subList(0, statements.size() - 1)) {
        statement.execute(one);
      }
      try (ResultSet lines = statement.executeQuery(statements.get(statements.size() - 1))) {
        while (lines.next()) {
          Matcher scan = PARTITION.matcher(lines.getString(1));
          if (scan.find() && !lines.getString(1).contains("never executed")) {
            partitions.add(scan.group(1));
          }
        }
      }
    }
    return partitions;
  }

  @Test
  void filtersByDimensionBeforeMerging() throws SQLException {
    String plan =
        plan("SELECT bucket, event_count FROM serving.traffic_hour WHERE event_type IS NULL");

    // What is served as it was published, then four parts that are merged.
    int merged = plan.indexOf("sum(");
    assertThat(plan.substring(merged).split("event_type IS NULL", -1)).hasSizeGreaterThan(4);
    assertThat(plan.substring(0, merged)).contains("event_type IS NULL");
  }

  @Test
  void computesNoSketchThatIsNotAskedFor() throws SQLException {
    for (String view : List.of("serving.traffic_", "rollup.traffic_total_")) {
      for (String granularity : List.of("minute", "hour", "day")) {
        assertThat(plan("SELECT bucket, event_count, value_sum FROM " + view + granularity))
            .as(view + granularity)
            .doesNotContain("weir.merge", "merge(", "percentile", "distinct_count");
      }
    }
    assertThat(plan("SELECT bucket, value_p95 FROM serving.traffic_minute"))
        .contains("value_sketch")
        .doesNotContain("hll)");
  }

  /** Which would make a question take longer with each hour that was ever published. */
  @Test
  void looksAtEveryHoursRollUpOnlyWhereNotAllOfThemAreOfWhatIsServed() throws SQLException {
    Pipeline pipeline = SamplePipeline.web();
    List<Event> events =
        new RandomEvents(pipeline, 3, Instant.parse("2026-03-01T00:00:00Z")).list(300);
    Clock clock = Clock.fixed(Instant.parse("2026-03-05T00:00:00Z"), ZoneOffset.UTC);
    try (ServedLog own = new ServedLog(pipeline)) {
      own.commit(1, 1, events);
      own.write(1, 1, events);
      own.publish(1, 1, events);
      RollUps rollUps = new RollUps(own.database().dataSource(), pipeline, clock);
      rollUps.refresh();
      assertThat(hoursLookedAt(own)).isEmpty();

      own.write(2, 1, events);
      own.publish(2, 1, events);
      assertThat(hoursLookedAt(own)).isNotEmpty();

      rollUps.refresh();
      assertThat(hoursLookedAt(own)).isEmpty();
    }
  }

  /** What some views read of the tables that have a row for each hour. */
  private static List<String> hoursLookedAt(ServedLog of) throws SQLException {
    List<String> scans = new ArrayList<>();
    for (String view : List.of("total_hour", "total_day", "by_event_type_hour")) {
      String question = "SELECT event_count FROM rollup.traffic_" + view;
      try (Connection connection = of.database().connect();
          Statement statement = connection.createStatement();
          ResultSet lines = statement.executeQuery(read(question))) {
        while (lines.next()) {
          String line = lines.getString(1);
          if (HOURS.matcher(line).find() && !line.contains("never executed")) {
            scans.add(view + ": " + line.strip());
          }
        }
      }
    }
    return scans;
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
