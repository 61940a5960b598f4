package dev.weir.serving.view;

import static java.time.ZoneOffset.UTC;
import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.db.CubeTable;
import dev.weir.db.SamplePipeline;
import dev.weir.event.Event;
import dev.weir.event.RandomEvents;
import dev.weir.pipeline.Pipeline;
import dev.weir.serving.rollup.Grouping;
import dev.weir.serving.rollup.RollUps;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The merged views against aggregates of all events that count, in every state that the log can be
 * in.
 */
class MergedViewITCase {
  private static final long HOUR = 3_600_000;
  private static final UUID WRITER = new UUID(1, 1);
  private static final UUID STRANGER = new UUID(2, 2);

  private final Pipeline pipeline = SamplePipeline.web();
  private final RandomEvents random =
      new RandomEvents(pipeline, 7).lateShare(0.3).duplicateShare(0).keys(3).stepMillis(9_000);
  private final List<Event> counted = new ArrayList<>();
  private ServedLog log;

  /** Roll-ups as they are kept of hours that are present, and of those long past. */
  private RollUps young;

  private RollUps old;
  private int states;

  @BeforeEach
  void migrate() {
    log = new ServedLog(pipeline);
    Instant present = Instant.parse("2026-03-29T02:00:00Z");
    young = new RollUps(log.database().dataSource(), pipeline, Clock.fixed(present, UTC));
    old =
        new RollUps(
            log.database().dataSource(),
            pipeline,
            Clock.fixed(present.plus(Duration.ofDays(100)), UTC));
  }

  @AfterEach
  void drop() {
    log.close();
  }

  /** The speed layer writes sketches of live rows less often than their counts. */
  @Test
  void percentilesOfLiveRowsAreThoseOfTheirSketches() {
    log.register(WRITER);
    log.live(WRITER, 0, random.list(400));
    log.database()
        .execute(
            "UPDATE %s SET event_count = 9 * event_count, value_count = 9 * value_count"
                .formatted(log.tables().liveTable()));

    for (String view : List.of("serving.traffic_minute", "rollup.traffic_total_hour")) {
      assertThat(
              log.database()
                  .queryLong(
                      """
                      SELECT count(*) FROM %s
                      WHERE value_p95 IS DISTINCT FROM weir.percentile(value_sketch, 0.95, 4)"""
                          .formatted(view)))
          .as(view)
          .isZero();
    }
    assertThat(log.database().queryLong("SELECT count(value_p95) FROM serving.traffic_minute"))
        .isPositive();
  }

  @Test
  void showsEveryCountedEventOnceInEveryState() throws SQLException {
    assertServed();

    List<Event> first = random.list(400);
    List<Event> second = random.list(400);
    commit(1, first);
    commit(2, second);
    assertServed();
    assertThat(statuses()).isEqualTo("committed");

    List<Event> absorbed = List.copyOf(counted);
    log.write(1, 2, absorbed);
    assertServed();
    assertThat(statuses()).as("written, not published").isEqualTo("committed");
    log.publish(1, 2, absorbed);
    assertServed();
    assertThat(statuses()).isEqualTo("reconciled");

    commit(3, random.list(300));
    assertServed();
    assertThat(statuses()).as("late events on top of a version").isEqualTo("committed,reconciled");

    // Only the first half of the hours gets the next version: each hour follows its own coverage.
    List<Event> all = List.copyOf(counted);
    long middle =
        all.stream()
            .mapToLong(Event::hourMillis)
            .sorted()
            .skip(all.size() / 2)
            .findFirst()
            .orElseThrow();
    List<Event> earlier = all.stream().filter(event -> event.hourMillis() < middle).toList();
    log.write(2, 3, earlier);
    log.publish(2, 3, earlier);
    assertServed();
  }

  @Test
  void countsLiveRowsOfPendingEpochsOfRegisteredWritersOnly() throws SQLException {
    commit(1, random.list(200));
    List<Event> pending = random.list(150);
    log.live(WRITER, 5, pending);
    log.database().execute("UPDATE weir.head SET live_base = 5");
    assertServed();

    log.register(WRITER);
    counted.addAll(pending);
    assertServed();
    assertThat(statuses()).isEqualTo("committed,live");

    log.live(STRANGER, 5, random.list(50));
    log.live(WRITER, 4, random.list(50));
    assertServed();

    List<Event> next = random.list(60);
    log.live(WRITER, 6, next);
    counted.addAll(next);
    assertServed();

    // The first pending epoch is committed: its live rows are out in the same instant.
    log.commit(2, 6, pending);
    assertServed();
    log.commit(3, 7, next);
    assertServed();
    assertThat(statuses()).isEqualTo("committed");
  }

  @Test
  void aLiveEventOnTopOfAVersionMakesItsRowLive() throws SQLException {
    List<Event> events = random.list(100);
    commit(1, events);
    log.write(1, 1, events);
    log.publish(1, 1, events);
    log.register(WRITER);
    log.live(WRITER, 1, events.subList(0, 1));
    counted.add(events.get(0));
    assertServed();
    assertThat(statuses()).isEqualTo("live,reconciled");
  }

  /** Where nothing is added to a published row, its sketches are not read. */
  @Test
  void whatIsComputedOfPublishedRowsIsServedAsItIs() {
    List<Event> events = random.list(200);
    log.commit(1, 1, events);
    log.write(2, 1, events);
    log.publish(2, 1, events);
    for (String grain : List.of("minute", "hour")) {
      String question =
          "SELECT string_agg((bucket, source, event_type, user_segment, http_status, value_p95,"
              + " user_id_distinct)::text, ' ' ORDER BY (t::text)) FROM serving.traffic_"
              + grain
              + " AS t";
      String table = log.tables().table(CubeTable.valueOf("BATCH_" + grain.toUpperCase(ROOT)));
      String computed = log.database().query(question);

      log.database().execute("UPDATE " + table + " SET value_p95 = 7, user_id_distinct = 7");
      assertThat(
              log.database()
                  .query(
                      "SELECT string_agg(DISTINCT concat_ws(' ', value_p95, user_id_distinct), ',')"
                          + " FROM serving.traffic_"
                          + grain))
          .isEqualTo("0.0007 7");

      log.database().execute("UPDATE " + table + " SET value_p95 = NULL, user_id_distinct = NULL");
      assertThat(log.database().query(question)).as("from the sketches").isEqualTo(computed);
    }
  }

  @Test
  void servesAnEarlierVersionAgain() throws SQLException {
    List<Event> first = random.list(300);
    commit(1, first);
    log.write(1, 1, first);
    log.publish(1, 1, first);
    List<Event> second = random.list(300);
    commit(2, second);
    assertServed();
    log.write(2, 2, counted);
    log.publish(2, 2, counted);
    assertServed();

    log.publish(1, 1, first);
    log.database().execute("DELETE FROM weir.coverage WHERE version = 2");
    assertServed();
    assertThat(statuses()).contains("committed");

    log.publish(2, 2, counted);
    assertServed();
    assertThat(statuses()).isEqualTo("reconciled");
  }

  @Test
  void forgetsCommitsThatARewindRemoves() throws SQLException {
    List<Event> first = random.list(300);
    commit(1, first);
    log.write(1, 1, first);
    log.publish(1, 1, first);
    List<Event> kept = random.list(100);
    commit(2, kept);
    log.commit(3, 3, random.list(100));
    young.refresh();

    log.rewind(2);
    assertServed();
    commit(4, random.list(100));
    assertServed();
    old.refresh();
    assertServed();
  }

  private void commit(long commit, List<Event> events) {
    log.commit(commit, commit, events);
    counted.addAll(events);
  }

  /** With the roll-ups as they were before, and then brought up to date. */
  private void assertServed() throws SQLException {
    List<Grouping> groupings = Grouping.of(log.tables().dimensionColumns());
    assertServed(groupings.subList(0, 2));
    (states++ % 2 == 0 ? young : old).refresh();
    assertServed(groupings);
  }

  private void assertServed(List<Grouping> groupings) throws SQLException {
    assertServed(groupings, "minute", 60_000);
    assertServed(groupings, "hour", HOUR);
    assertServed(groupings, "day", 24 * HOUR);
  }

  private void assertServed(List<Grouping> groupings, String grain, long bucketMillis)
      throws SQLException {
    Map<AggregateKey, MinuteAggregate> expected = log.buckets(counted, bucketMillis);
    for (Grouping grouping : groupings) {
      String view =
          (grouping.whole() ? "serving" : "rollup") + ".traffic" + grouping.ending() + "_" + grain;
      ViewRows.assertEqual(
          view,
          ViewRows.shown(log, view, grouping.dimensions()),
          ViewRows.expected(by(grouping, expected)));
    }
  }

  private Map<AggregateKey, MinuteAggregate> by(
      Grouping grouping, Map<AggregateKey, MinuteAggregate> rows) {
    List<String> all = log.tables().dimensionColumns();
    Map<AggregateKey, MinuteAggregate> merged = new TreeMap<>();
    rows.forEach(
        (key, aggregate) ->
            merged
                .computeIfAbsent(
                    new AggregateKey(
                        ServedLog.CUBE,
                        key.minuteMillis(),
                        grouping.dimensions().stream()
                            .map(name -> key.dimension(all.indexOf(name)))
                            .toArray(String[]::new)),
                    any -> MinuteAggregate.empty(aggregate.layout()))
                .merge(aggregate));
    return merged;
  }

  private String statuses() {
    return log.database()
        .query(
            "SELECT string_agg(DISTINCT status, ',' ORDER BY status) FROM serving.traffic_minute");
  }
}
