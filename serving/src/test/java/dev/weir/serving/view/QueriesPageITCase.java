package dev.weir.serving.view;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregate.HyperLogLog;
import dev.weir.db.SamplePipeline;
import dev.weir.event.Event;
import dev.weir.event.RandomEvents;
import dev.weir.pipeline.Pipeline;
import dev.weir.serving.rollup.RollUps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every query of QUERIES.md runs as it stands and, where that is cheap, gives what events say. */
class QueriesPageITCase {
  private static final Pattern BLOCK = Pattern.compile("(?s)## ([^\\n]+)\\n(.*?)(?=\\n#|\\z)");
  private static final Pattern SQL = Pattern.compile("(?s)```sql\\n(.*?)```");

  private static final List<String> DIMENSIONS = List.of("source", "event_type", "user_segment");
  private static final int EVENTS = 6_000;
  private static final Map<String, List<String>> QUERIES = new LinkedHashMap<>();

  private static ServedLog log;
  private static List<Event> events;
  private static Instant now;

  @BeforeAll
  static void fortnight() throws IOException {
    read(Path.of("QUERIES.md"));
    Pipeline pipeline = SamplePipeline.web();
    log = new ServedLog(pipeline);
    now = Instant.now();
    Duration step = Duration.ofDays(14).dividedBy(EVENTS);
    RandomEvents random =
        new RandomEvents(pipeline, 3, now.minus(Duration.ofDays(14)))
            .lateShare(0)
            .duplicateShare(0)
            .keys(3)
            .stepMillis(step.toMillis());
    events = new ArrayList<>(random.list(EVENTS));
    Instant published = now.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(3));
    List<Event> reconciled = upTo(published);
    log.commit(1, 1, reconciled);
    log.write(1, 1, reconciled);
    log.publish(1, 1, reconciled);
    List<Event> later = events.subList(reconciled.size(), events.size());
    List<Event> late = reconciled.subList(reconciled.size() - 300, reconciled.size() - 290);
    List<Event> committed = new ArrayList<>(later.subList(0, later.size() - 20));
    committed.addAll(late);
    log.commit(2, 2, committed);
    List<Event> live = later.subList(later.size() - 20, later.size());
    UUID writer = new UUID(1, 1);
    log.register(writer);
    log.live(writer, 2, live);
    events.addAll(late);
    log.database()
        .execute(
            "INSERT INTO weir.ledger_source VALUES (1, 'clicks', 10, 6, 1, 2, 1);"
                + "INSERT INTO weir.dead_letter_count VALUES (1, 'clicks', 'BAD_TIME', 2)");
    new RollUps(log.database().dataSource(), pipeline, Clock.fixed(now, UTC)).refresh();
    log.database().execute("ANALYZE");
  }

  private static List<Event> upTo(Instant end) {
    return events.stream().filter(event -> event.timeMicros() / 1000 < end.toEpochMilli()).toList();
  }

  private static void read(Path page) throws IOException {
    Matcher block = BLOCK.matcher(Files.readString(page));
    while (block.find()) {
      List<String> queries =
          SQL.matcher(block.group(2)).results().map(found -> found.group(1)).toList();
      if (!queries.isEmpty()) {
        QUERIES.put(block.group(1), queries);
      }
    }
  }

  @AfterAll
  static void drop() {
    log.close();
  }

  static List<String> titles() throws IOException {
    if (QUERIES.isEmpty()) {
      read(Path.of("QUERIES.md"));
    }
    return List.copyOf(QUERIES.keySet());
  }

  @ParameterizedTest
  @MethodSource("titles")
  void runs(String title) throws SQLException {
    for (String query : QUERIES.get(title)) {
      List<List<String>> rows = rows(query);
      if (!title.equals("Whether everything agrees")) {
        assertThat(rows).as(query).isNotEmpty();
      }
    }
  }

  @Test
  void thereAreManyOfThem() {
    assertThat(QUERIES).hasSizeGreaterThan(15);
  }

  @Test
  void topAndShareAreOfTheEventsOfTheDay() throws SQLException {
    // The views' hours begin at whole hours: those that began within the last day.
    long from = now.minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.HOURS).toEpochMilli();
    List<Event> day = since(from + 3_600_000);
    Map<String, Long> byType =
        day.stream()
            .collect(
                Collectors.groupingBy(
                    event -> String.valueOf(dimension(event, "event_type")),
                    Collectors.counting()));

    Map<String, Long> shares = new LinkedHashMap<>();
    rows(QUERIES.get("Share of the total").get(0))
        .forEach(row -> shares.put(String.valueOf(row.get(0)), Long.valueOf(row.get(1))));
    assertThat(shares).isEqualTo(byType);

    List<Long> counts =
        day.stream()
            .collect(
                Collectors.groupingBy(
                    event ->
                        dimension(event, "source")
                            + "|"
                            + dimension(event, "event_type")
                            + "|"
                            + dimension(event, "user_segment"),
                    Collectors.counting()))
            .values()
            .stream()
            .sorted((a, b) -> Long.compare(b, a))
            .limit(5)
            .toList();
    assertThat(rows(QUERIES.get("Top 5 segments of the day").get(0)))
        .extracting(row -> Long.valueOf(row.get(3)))
        .containsExactlyElementsOf(counts);
  }

  @Test
  void distinctUsersAreThoseOfJava() throws SQLException {
    long from = now.minus(Duration.ofDays(7)).truncatedTo(ChronoUnit.HOURS).toEpochMilli();
    HyperLogLog users = new HyperLogLog();
    since(from + 3_600_000).stream()
        .map(event -> event.identifiers()[0])
        .filter(user -> user != null)
        .forEach(user -> users.addHash(HyperLogLog.hash(user)));

    assertThat(rows(QUERIES.get("Distinct users over a range").get(0)).get(0).get(0))
        .isEqualTo(Long.toString(users.estimate()));
  }

  @Test
  void statusCountsEveryEventOnce() throws SQLException {
    long from = now.minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MINUTES).toEpochMilli();
    List<List<String>> rows = rows(QUERIES.get("How final the numbers are").get(0));

    assertThat(rows)
        .extracting(row -> row.get(0))
        .containsExactly("committed", "live", "reconciled");
    assertThat(rows.stream().mapToLong(row -> Long.parseLong(row.get(2))).sum())
        .isEqualTo(since(from + 60_000).size());
  }

  private static String dimension(Event event, String name) {
    return event.dimensions()[DIMENSIONS.indexOf(name)];
  }

  private static List<Event> since(long millis) {
    Predicate<Event> young = event -> event.timeMicros() / 1000 >= millis;
    return events.stream().filter(young).toList();
  }

  private static List<List<String>> rows(String query) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    // The moment of the test's data, whenever it runs: it may take longer than a minute.
    String then = "timestamptz '" + now + "'";
    try (Connection connection = log.database().connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query.replace("now()", then))) {
      while (row.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          values.add(row.getString(i));
        }
        rows.add(values);
      }
    }
    return rows;
  }
}
