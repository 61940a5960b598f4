package dev.weir.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.batch.select.HourRange;
import dev.weir.event.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Retention, rollback, late events and recomputation, in every order and at random: after each step
 * every committed event is served, once.
 */
class NeverLostNeverTwiceITCase {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final Duration KEPT = Duration.ofHours(24);

  @TempDir Path archive;
  private BatchRunFixture fixture;
  private EventStream stream = new EventStream(1);

  @BeforeEach
  void start() {
    fixture = new BatchRunFixture(archive);
    fixture.declaration = TestPipelines.webKeeping(KEPT.toHours() + "h");
    fixture.now = START;
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private enum Step {
    EXPIRE,
    ROLL_BACK,
    LATE_EVENTS,
    RECOMPUTE
  }

  private static List<List<Step>> permutations(List<Step> steps) {
    if (steps.isEmpty()) {
      return List.of(List.of());
    }
    List<List<Step>> orders = new ArrayList<>();
    for (Step first : steps) {
      List<Step> others = new ArrayList<>(steps);
      others.remove(first);
      for (List<Step> rest : permutations(others)) {
        List<Step> order = new ArrayList<>(List.of(first));
        order.addAll(rest);
        orders.add(order);
      }
    }
    return orders;
  }

  /** One order after the other in the same database, each with an event hour of its own. */
  @Test
  void inEveryOrder() throws Exception {
    List<List<Step>> orders = permutations(List.of(Step.values()));
    List<Instant> hours =
        Stream.iterate(START, hour -> hour.plus(1, ChronoUnit.HOURS)).limit(orders.size()).toList();
    for (int commit = 0; commit < 2; commit++) {
      List<Event> events = new ArrayList<>();
      hours.forEach(hour -> events.addAll(events(hour, 6)));
      fixture.speed.commit(events);
      assertThat(fixture.run().published()).isEqualTo(orders.size());
    }
    for (int i = 0; i < orders.size(); i++) {
      Instant hour = hours.get(i);
      List<Step> order = orders.get(i);
      fixture.now = hour;
      for (Step step : order) {
        carryOut(step, hour);
        assertEveryEventOnce("step " + step + " of " + order);
      }
      assertThat(fixture.run().problems()).isEmpty();
      assertEveryEventOnce("the last run after " + order);
    }
    fixture.assertBatchRows(fixture.speed.archived());
    assertThat(fixture.database.queryLong("SELECT count(*) FROM weir.sealed_hour")).isEqualTo(24);
  }

  private void carryOut(Step step, Instant hour) throws Exception {
    switch (step) {
      case EXPIRE -> {
        fixture.now = hour.plus(KEPT).plus(Duration.ofHours(1));
        assertThat(fixture.run().problems()).isEmpty();
        assertThat(
                fixture.database.queryLong(
                    "SELECT count(*) FROM weir.sealed_hour WHERE event_hour = '" + hour + "'"))
            .isOne();
      }
      case ROLL_BACK -> {
        String before = served(hour);
        boolean possible = fixture.rollback(only(hour)).succeeded();
        // An hour that has been sealed by then keeps what it serves, any other does not.
        assertThat(served(hour).equals(before)).isNotEqualTo(possible);
      }
      case LATE_EVENTS -> fixture.speed.commit(events(hour, 3));
      case RECOMPUTE -> assertThat(fixture.run(only(hour)).problems()).isEmpty();
    }
  }

  private static HourRange only(Instant hour) {
    return new HourRange(hour, hour.plus(1, ChronoUnit.HOURS));
  }

  private String served(Instant hour) {
    return fixture.database.query(
        "SELECT string_agg(c::text, ' ' ORDER BY cube) || ' ' || (SELECT count(*) FROM"
            + " weir.coverage_history h WHERE h.event_hour = min(c.event_hour))"
            + " FROM weir.coverage c WHERE event_hour = '"
            + hour
            + "'");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void atRandom(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    stream = new EventStream(seed);
    for (int step = 0; step < 24; step++) {
      String what = act(random);
      assertEveryEventOnce("seed " + seed + ", after step " + step + ": " + what);
    }
    assertThat(fixture.run().problems()).isEmpty();
    assertEveryEventOnce("the last run with seed " + seed);
    fixture.assertBatchRows(fixture.speed.archived());
  }

  private String act(SplittableRandom random) throws Exception {
    switch (random.nextInt(9)) {
      case 0, 1, 2 -> {
        List<Event> events = new ArrayList<>(events(fixture.now, 1 + random.nextInt(15)));
        // Late by up to three days: some of these hours are sealed.
        for (int late = random.nextInt(3); late > 0; late--) {
          events.addAll(events(fixture.now.minus(random.nextInt(72), ChronoUnit.HOURS), 3));
        }
        fixture.speed.commit(events);
        return "commit";
      }
      case 3 -> {
        fixture.now = fixture.now.plus(1 + random.nextInt(20), ChronoUnit.HOURS);
        return "clock";
      }
      case 4 -> {
        return "rollback: " + fixture.rollback().text();
      }
      case 5 -> {
        return "rollback of a range: " + fixture.rollback(range(random)).text();
      }
      case 6 -> {
        fixture.fromArrivals = random.nextBoolean();
        RunSummary summary = fixture.run(random.nextBoolean() ? HourRange.ALL : range(random));
        fixture.fromArrivals = false;
        assertThat(summary.problems()).isEmpty();
        return "run of a range: " + summary.text();
      }
      default -> {
        RunSummary summary = fixture.run();
        assertThat(summary.problems()).isEmpty();
        return "run: " + summary.text();
      }
    }
  }

  private HourRange range(SplittableRandom random) {
    Instant from =
        fixture.now.truncatedTo(ChronoUnit.HOURS).minus(random.nextInt(60), ChronoUnit.HOURS);
    return new HourRange(from, from.plus(1 + random.nextInt(30), ChronoUnit.HOURS));
  }

  private List<Event> events(Instant time, int count) {
    return stream.eventsOf(time.truncatedTo(ChronoUnit.HOURS), count);
  }

  private void assertEveryEventOnce(String after) throws Exception {
    try {
      fixture.assertServed();
      EveryEventOnce.assertDigests(fixture.database, fixture.pipeline());
    } catch (AssertionError e) {
      throw new AssertionError("after " + after, e);
    }
  }

  @Test
  void startsFromNothing() throws Exception {
    fixture.rollback();
    fixture.run();
    assertEveryEventOnce("nothing");
  }
}
