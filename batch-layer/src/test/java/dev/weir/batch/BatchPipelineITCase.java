package dev.weir.batch;

import static java.time.temporal.ChronoUnit.HOURS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.batch.db.RunRefusedException;
import dev.weir.batch.select.HourRange;
import dev.weir.db.CubeTables;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.TimeZone;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs of the batch layer on real PostgreSQL, Parquet and Spark, against the naive oracle. */
class BatchPipelineITCase {
  private static final Instant NOON = Instant.parse("2026-03-01T12:10:00Z");

  @TempDir Path archive;
  private final EventStream stream = new EventStream(42);
  private BatchRunFixture fixture;

  @BeforeEach
  void start() {
    fixture = new BatchRunFixture(archive);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "America/St_Johns"})
  void recomputesEveryHourAsTheOracleDoes(String zone) throws Exception {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try {
      fixture.speed.commit(stream.events(3000, NOON));
      fixture.speed.commit(stream.events(3000, NOON.plusSeconds(600)));

      RunSummary summary = fixture.run();

      assertThat(summary.problems()).isEmpty();
      assertThat(summary.warnings()).isEmpty();
      assertThat(summary.succeeded()).isTrue();
      assertThat(summary.rows()).isEqualTo(6000);
      assertThat(summary.duplicates())
          .isEqualTo(6000 - BatchOracle.unique(fixture.speed.archived()).size())
          .isGreaterThan(100);
      fixture.assertBatchRows(fixture.speed.archived());
      assertThat(summary.outcomes()).allMatch(outcome -> outcome.keysCompared() > 0);
      assertThat(count("weir.reconciliation WHERE NOT agrees")).isZero();
      assertThat(count("weir.reconciliation WHERE check_name = 'conservation'")).isEqualTo(3);
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void recomputesOnlyTheHoursThatChanged() throws Exception {
    fixture.speed.commit(stream.events(3000, NOON));
    RunSummary first = fixture.run();
    Instant late = Instant.parse("2026-02-28T23:00:00Z");
    fixture.speed.commit(stream.eventsOf(late, 50));

    RunSummary second = fixture.run();

    assertThat(second.hours()).hasSize(1);
    assertThat(second.hours().get(0).hour()).isEqualTo(late);
    assertThat(second.succeeded()).isTrue();
    assertThat(count("weir.coverage WHERE version = " + second.version())).isEqualTo(2);
    assertThat(count("weir.coverage WHERE version = " + first.version()))
        .isEqualTo(2 * first.hours().stream().filter(h -> !h.hour().equals(late)).count());
    fixture.assertBatchRows(fixture.speed.archived());
  }

  @Test
  void absorbsOneCommitAfterTheOther() throws Exception {
    for (int commit = 0; commit < 4; commit++) {
      fixture.speed.commit(stream.events(700, NOON.plusSeconds(900L * commit)));
      RunSummary summary = fixture.run();
      assertThat(summary.problems()).isEmpty();
      assertThat(summary.warnings()).isEmpty();
      fixture.assertBatchRows(fixture.speed.archived());
    }
  }

  @Test
  void saysSoWhenNothingChanged() throws Exception {
    fixture.speed.commit(stream.events(500, NOON));
    fixture.run();

    RunSummary summary = fixture.run();

    assertThat(summary.succeeded()).isTrue();
    assertThat(summary.text()).startsWith("Nothing changed: every event hour has absorbed");
    assertThat(fixture.database.query("SELECT state FROM weir.batch_run ORDER BY 1 LIMIT 1"))
        .isEqualTo("nothing-changed");
  }

  @Test
  void runsOnAnEmptyLog() throws Exception {
    assertThat(fixture.run().outcomes()).isEmpty();
  }

  @Test
  void recomputesANamedRange() throws Exception {
    fixture.speed.commit(stream.events(3000, NOON));
    fixture.run();

    RunSummary summary =
        fixture.run(HourRange.parse("2026-03-01T11:00:00Z", "2026-03-01T13:00:00Z"));

    assertThat(summary.hours()).hasSize(2);
    assertThat(summary.succeeded()).isTrue();
    fixture.assertBatchRows(fixture.speed.archived());
    assertThat(fixture.run(HourRange.ALL).hours().size()).isGreaterThan(2);
    fixture.assertBatchRows(fixture.speed.archived());
  }

  @Test
  void backfillsANewCubeBesideTheOthers() throws Exception {
    fixture.speed.commit(stream.events(2000, NOON));
    RunSummary first = fixture.run();
    fixture.declaration = TestPipelines.webWithSegments();
    fixture.database.declare(fixture.pipeline());
    fixture.speed.redeclare(fixture.pipeline());
    fixture.speed.commit(stream.events(200, NOON));

    RunSummary second = fixture.run();

    assertThat(second.problems()).isEmpty();
    assertThat(second.hours().size()).isGreaterThanOrEqualTo(first.hours().size());
    fixture.assertBatchRows(fixture.speed.archived());
    assertThat(fixture.run().outcomes()).isEmpty();
  }

  @Test
  void absorbsNoCommitAfterTheNamedOne() throws Exception {
    fixture.speed.commit(stream.events(500, NOON));
    fixture.speed.commit(stream.events(500, NOON));
    fixture.through = OptionalLong.of(1);
    assertThat(fixture.run().succeeded()).isTrue();
    fixture.assertBatchRows(
        fixture.speed.archived().stream().filter(e -> e.commit() == 1).toList());

    fixture.through = OptionalLong.empty();
    assertThat(fixture.run().succeeded()).isTrue();
    fixture.assertBatchRows(fixture.speed.archived());

    fixture.through = OptionalLong.of(1);
    assertThatThrownBy(() -> fixture.run(HourRange.ALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has absorbed commit 2 in cube 'traffic': --through must not be");
  }

  @Test
  void forgetsRewoundCommitsWhenAllIsRecomputed() throws Exception {
    fixture.speed.commit(stream.events(500, NOON));
    fixture.speed.commit(stream.eventsOf(Instant.parse("2026-03-01T11:00:00Z"), 100));
    fixture.run();
    fixture.database.execute("DELETE FROM weir.archive_file WHERE commit = 2");
    fixture.database.execute("DELETE FROM weir.ledger WHERE commit = 2");
    fixture.database.execute("DELETE FROM weir.journal WHERE commit = 2");
    fixture.database.execute("UPDATE weir.head SET commit = 1");

    assertThat(fixture.run(HourRange.ALL).problems()).isEmpty();

    fixture.assertBatchRows(
        fixture.speed.archived().stream().filter(e -> e.commit() == 1).toList());
  }

  @Test
  void keepsThePreviousVersionAndDeletesOlderOnes() throws Exception {
    Instant hour = Instant.parse("2026-03-01T08:00:00Z");
    for (int commit = 0; commit < 4; commit++) {
      fixture.speed.commit(stream.eventsOf(hour, 100));
      assertThat(fixture.run().warnings()).isEmpty();
    }

    CubeTables traffic = CubeTables.of(fixture.pipeline(), fixture.pipeline().cubes().get(0));
    String versions = "SELECT string_agg(DISTINCT version::text, ' ') FROM ";
    assertThat(fixture.database.query(versions + traffic.batchMinuteTable())).isEqualTo("3 4");
    assertThat(fixture.database.query(versions + traffic.batchHourTable())).isEqualTo("3 4");
    assertThat(
            fixture.database.query(
                "SELECT string_agg(DISTINCT commit::text, ' ') FROM " + traffic.speedTable()))
        .isEqualTo("4");
    assertThat(archive.resolve("hours/event_date=2026-03-01/event_hour=08").toFile().list())
        .containsExactlyInAnyOrder("v3-0.parquet", "v4-0.parquet");
    assertThat(count("weir.coverage_history")).isEqualTo(4);
    fixture.assertBatchRows(fixture.speed.archived());
  }

  @Test
  void deletesAbsorbedSpeedRowsOfHoursThatChangeNoMore() throws Exception {
    CubeTables traffic = CubeTables.of(fixture.pipeline(), fixture.pipeline().cubes().get(0));
    for (int commit = 1; commit <= 3; commit++) {
      fixture.speed.commit(stream.eventsOf(NOON.truncatedTo(HOURS).plus(commit, HOURS), 100));
      assertThat(fixture.run().warnings()).isEmpty();
      assertThat(
              fixture.database.query(
                  "SELECT string_agg(DISTINCT commit::text, ' ') FROM " + traffic.speedTable()))
          .isEqualTo(Integer.toString(commit));
    }
    fixture.assertBatchRows(fixture.speed.archived());
  }

  @Test
  void aRunWhoseTaskFailsIsRecordedAsFailedAndLeavesNothing() throws Exception {
    fixture.speed.commit(stream.events(500, NOON));
    CubeTables traffic = CubeTables.of(fixture.pipeline(), fixture.pipeline().cubes().get(0));
    String table = "ALTER TABLE " + traffic.batchHourTable();
    fixture.database.execute(table + " ADD CONSTRAINT nothing CHECK (event_count < 0)");

    assertThatThrownBy(() -> fixture.run())
        .isInstanceOf(SparkException.class)
        .hasRootCauseInstanceOf(SQLException.class);

    assertThat(fixture.database.query("SELECT state FROM weir.batch_run")).isEqualTo("failed");
    assertNothingLeftOf(1);
    fixture.database.execute(table + " DROP CONSTRAINT nothing");
    assertThat(fixture.run().succeeded()).isTrue();
    fixture.assertBatchRows(fixture.speed.archived());
  }

  @Test
  void refusesToRunBesideAnotherRun() throws Exception {
    try (Connection other = fixture.database.connect();
        Statement statement = other.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(hashtextextended('weir.batch_run', 0))");

      assertThatThrownBy(() -> fixture.run())
          .isInstanceOf(RunRefusedException.class)
          .hasMessageContaining("another run of the batch layer is at work");
    }
  }

  @Test
  void aRunMayStartAsSoonAsTheOneBeforeHasReturned() throws Exception {
    for (int i = 0; i < 20; i++) {
      fixture.run();
    }
  }

  @Test
  void refusesToPublishWhenFencedOut() throws Exception {
    fixture.speed.commit(stream.events(500, NOON));
    fixture.onStep =
        step -> {
          if (step.equals("publishing")) {
            fixture.database.execute("UPDATE weir.batch_fence SET version = version + 1");
          }
        };

    assertThatThrownBy(() -> fixture.run())
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("run 1 may not write any more: run 2 took its place");
    assertThat(count("weir.coverage")).isZero();
    assertThat(fixture.database.query("SELECT state FROM weir.batch_run")).isEqualTo("failed");
    assertNothingLeftOf(1);

    fixture.onStep = step -> {};
    assertThat(fixture.run().succeeded()).isTrue();
    fixture.assertBatchRows(fixture.speed.archived());
  }

  @Test
  void refusesToPublishWhatWasRewound() throws Exception {
    fixture.speed.commit(stream.events(500, NOON));
    fixture.onStep =
        step -> {
          if (step.equals("publishing")) {
            fixture.database.execute("DELETE FROM weir.ledger");
            fixture.database.execute("DELETE FROM weir.journal");
          }
        };

    assertThatThrownBy(() -> fixture.run())
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("commit 1 is no longer in the ledger");
    assertThat(count("weir.coverage")).isZero();
  }

  @Test
  void refusesToPublishOverAnotherVersion() throws Exception {
    fixture.speed.commit(stream.events(500, NOON));
    fixture.run();
    fixture.speed.commit(stream.events(500, NOON));
    fixture.onStep =
        step -> {
          if (step.equals("publishing")) {
            fixture.database.execute("UPDATE weir.coverage SET absorbed_through = 0");
          }
        };

    assertThatThrownBy(() -> fixture.run())
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("during this run; nothing was changed, run again");
  }

  @Test
  void removesWhatAnInterruptedRunLeft() throws Exception {
    fixture.speed.commit(stream.events(500, NOON));
    fixture.onStep =
        step -> {
          if (step.equals("publishing")) {
            // As a killed process would: nothing is cleaned up, the run is still 'running'.
            fixture.database.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
          }
        };
    assertThatThrownBy(() -> fixture.run()).isInstanceOf(SQLException.class);
    assertThat(fixture.database.query("SELECT state FROM weir.batch_run")).isEqualTo("running");

    fixture.onStep = step -> {};
    assertThat(fixture.run().succeeded()).isTrue();

    assertNothingLeftOf(1);
    assertThat(fixture.database.query("SELECT message FROM weir.batch_run ORDER BY version"))
        .isEqualTo("the run was interrupted");
    fixture.assertBatchRows(fixture.speed.archived());
  }

  private void assertNothingLeftOf(long version) {
    fixture
        .pipeline()
        .cubes()
        .forEach(
            cube -> {
              CubeTables tables = CubeTables.of(fixture.pipeline(), cube);
              assertThat(count(tables.batchMinuteTable() + " WHERE version = " + version)).isZero();
              assertThat(count(tables.batchHourTable() + " WHERE version = " + version)).isZero();
            });
    assertThat(count("weir.archive_file WHERE version = " + version)).isZero();
  }

  private long count(String from) {
    return fixture.database.queryLong("SELECT count(*) FROM " + from);
  }
}
