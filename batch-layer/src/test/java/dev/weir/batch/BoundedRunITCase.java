package dev.weir.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run costs follows from the event hours that changed, not from those that did not. */
class BoundedRunITCase extends PlayedLogCase {
  private static final int EVENTS = 30;

  BoundedRunITCase() {
    super(11);
  }

  @Test
  void opensNoPartitionOfADayThatDidNotChange() throws Exception {
    for (int day = 0; day < 5; day++) {
      commit(day(day));
    }
    fixture.run();
    // The next run still deletes the speed rows that the first one has absorbed, of all days.
    commit(day(1));
    fixture.run();
    fixture.database.execute(ofThisDatabase(fixture, "lock_timeout = '5s'"));
    try (Connection connection = fixture.database.connect()) {
      connection.setAutoCommit(false);
      lockAllBut(connection, "20260302", "20260303");

      commit(day(2));
      fixture.onStep = BoundedRunITCase::failAtTheEnd;
      assertThatThrownBy(fixture::run)
          .hasMessage("the test ends this run")
          .hasNoSuppressedExceptions();
      fixture.onStep = steps::add;
      assertThat(text("SELECT count(*) FROM weir.row_digest WHERE tag = 3 AND layer <> 'speed'"))
          .isEqualTo("(0)");
      RunSummary summary = fixture.run();

      assertThat(summary.problems()).isEmpty();
      assertThat(summary.warnings()).isEmpty();
      assertThat(summary.published()).isEqualTo(1);
    }
    fixture.assertServed();
    fixture.assertBatchRows(committed());
    EveryEventOnce.assertDigests(fixture.database, fixture.pipeline());
  }

  @Test
  void readsNoRowsOfHoursThatDidNotChange(@TempDir Path other) throws Exception {
    try (BatchRunFixture larger = new BatchRunFixture(other)) {
      long few = rowsRead(fixture, 6);
      long many = rowsRead(larger, 36);

      assertThat(few).isGreaterThan(100);
      // Not even one for each further hour.
      assertThat(many).isLessThan(few + 30);
    }
  }

  @Test
  void looksForArrivalsOfSealedHoursThatMayHaveSomeOnly() throws Exception {
    fixture.declaration = TestPipelines.webKeeping("24h");
    commit(EIGHT);
    fixture.speed.commit(
        Stream.concat(stream.eventsOf(EIGHT, 30).stream(), stream.eventsOf(day(1), 10).stream())
            .toList());
    fixture.now = EIGHT.plus(Duration.ofHours(26));
    fixture.run();
    assertThat(mayHaveArrivals()).as("one file is of the young hour, too").isEqualTo(1);
    fixture.now = day(1).plus(Duration.ofHours(26));
    fixture.run();
    assertThat(files()).isEmpty();
    assertThat(mayHaveArrivals()).isZero();

    commit(EIGHT);
    assertThat(fixture.run().published()).isEqualTo(1);

    assertThat(files()).isEmpty();
    assertThat(mayHaveArrivals()).isZero();
    fixture.assertServed();
    fixture.database.declare(TestPipelines.webWithoutSegments().pipeline());
    assertThat(mayHaveArrivals()).as("with other definitions other files may wait").isEqualTo(2);
  }

  private long mayHaveArrivals() {
    return fixture.database.queryLong("SELECT count(*) FROM weir.sealed_hour WHERE arrivals_kept");
  }

  /** How many rows and entries of indexes a run reads that finds one of so many hours changed. */
  private static long rowsRead(BatchRunFixture fixture, int hours) throws Exception {
    EventStream events = new EventStream(hours);
    for (int hour = 0; hour < hours; hour++) {
      fixture.speed.commit(events.eventsOf(hour(hour), EVENTS));
    }
    fixture.run();
    // In tables this small PostgreSQL would rather read everything: here only where it must.
    for (String scan : new String[] {"seqscan", "hashjoin", "mergejoin"}) {
      fixture.database.execute(ofThisDatabase(fixture, "enable_" + scan + " = off"));
    }
    fixture.speed.commit(events.eventsOf(hour(1), EVENTS));
    fixture.run();
    fixture.speed.commit(events.eventsOf(hour(2), EVENTS));
    fixture.database.execute("VACUUM (ANALYZE)");
    long before = rowsRead(fixture);
    RunSummary summary = fixture.run();
    assertThat(summary.warnings()).isEmpty();
    assertThat(summary.published()).isEqualTo(1);
    assertThat(summary.rows()).isEqualTo(2 * EVENTS);
    return rowsRead(fixture) - before;
  }

  /** Of all sessions so far, but for this one; each reports what it read when it ends, at last. */
  private static long rowsRead(BatchRunFixture fixture) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                fixture.database.queryLong(
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
                    == 1);
    return fixture.database.queryLong(
        "SELECT (SELECT sum(seq_tup_read) FROM pg_stat_user_tables) + sum(idx_tup_read)"
            + " FROM pg_stat_user_indexes");
  }

  private static String ofThisDatabase(BatchRunFixture fixture, String setting) {
    return "ALTER DATABASE "
        + fixture.database.query("SELECT current_database()")
        + " SET "
        + setting;
  }

  /** Whoever opens another day's partition now waits for it. */
  private static void lockAllBut(Connection connection, String... days) throws SQLException {
    String but = Stream.of(days).map(d -> "'" + d + "'").collect(Collectors.joining(", "));
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          DO $$
          DECLARE partition regclass;
          BEGIN
            FOR partition IN
              SELECT c.oid FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
              WHERE c.relkind = 'r' AND right(c.relname, 8) NOT IN (%s)
            LOOP
              EXECUTE format('LOCK TABLE %%s', partition);
            END LOOP;
          END $$"""
              .formatted(but));
    }
  }

  private static void failAtTheEnd(String step) {
    if (step.equals("checking conservation")) {
      throw new IllegalStateException("the test ends this run");
    }
  }

  private static Instant day(int day) {
    return EIGHT.plus(Duration.ofDays(day));
  }

  /** Six of a day. */
  private static Instant hour(int hour) {
    return EIGHT.plus(Duration.ofDays(hour / 6)).plus(Duration.ofHours(hour % 6));
  }
}
