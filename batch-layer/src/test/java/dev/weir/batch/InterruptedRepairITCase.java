package dev.weir.batch;

import static dev.weir.batch.DamageFixture.TEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.batch.db.RunRefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repair that hangs or dies between two of its steps. */
class InterruptedRepairITCase {
  private static final String FOLDING = "folding 1 sealed event hour";

  @TempDir Path archive;
  private DamageFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new DamageFixture(archive, 8);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  /** One hour to recompute, which is published first, and one to fold. */
  private void damageTwoHours() throws Exception {
    fixture.runs.database.execute(
        "UPDATE "
            + fixture.traffic().batchMinuteTable()
            + " SET event_count = event_count + 1 WHERE event_hour = '2026-03-01T09:00Z'");
    Files.delete(fixture.file(fixture.arrivals(3)));
  }

  @Test
  void hangingAfterItsFirstPublicationItIsNamedAndReplaced() throws Exception {
    damageTwoHours();
    long version = 1 + lastVersion();
    HangingRun repair = new HangingRun(fixture.runs, FOLDING, fixture.runs::repair);
    assertThat(run(version)).isEqualTo("repair running");
    assertThat(published(version)).isEqualTo("09");

    assertThatThrownBy(() -> fixture.runs.run())
        .isInstanceOf(RunRefusedException.class)
        .hasMessageStartingWith(
            "another run of the batch layer is at work: version "
                + version
                + " (repair), since 20");
    fixture.runs.replace = true;
    assertThat(fixture.runs.repair().succeeded()).isTrue();
    fixture.runs.replace = false;
    assertThat(run(version))
        .isEqualTo(
            "repair replaced run "
                + (version + 1)
                + " took its place; what it had published before, 1 event hour, stays");
    Map<String, String> before = DatabaseContent.of(fixture.runs.database);

    assertThat(repair.wake())
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("run " + version + " was replaced by run " + (version + 1))
        .hasMessageContaining("What it published before stays; it changes nothing any more");
    assertThat(DatabaseContent.of(fixture.runs.database)).isEqualTo(before);
    fixture.assertServed();
    fixture.assertGoesOn();
  }

  @Test
  void dyingAfterItsFirstPublicationItIsFoundByTheNextRun() throws Exception {
    damageTwoHours();
    long version = 1 + lastVersion();
    crashAt(FOLDING);
    assertThatThrownBy(() -> fixture.runs.repair()).isInstanceOf(SQLException.class);
    assertThat(run(version)).isEqualTo("repair running");

    fixture.runs.onStep = step -> {};
    assertThat(fixture.runs.run().problems()).isEmpty();

    assertThat(run(version))
        .isEqualTo(
            "repair failed the run was interrupted; what it had published before, 1 event hour,"
                + " stays");
    fixture.assertServed();
    fixture.assertRepaired();
    fixture.assertGoesOn();
  }

  @Test
  void failingAfterItsFirstPublicationItSaysWhatStays() throws Exception {
    damageTwoHours();
    long version = 1 + lastVersion();
    fixture.runs.onStep =
        step -> {
          if (step.equals(FOLDING)) {
            throw new IllegalStateException("out of memory");
          }
        };
    assertThatThrownBy(() -> fixture.runs.repair()).hasMessage("out of memory");

    fixture.runs.onStep = step -> {};
    assertThat(run(version))
        .isEqualTo(
            "repair failed out of memory; what it had published before, 1 event hour, stays");
    fixture.assertServed();
    fixture.assertRepaired();
    fixture.assertGoesOn();
  }

  @Test
  void dyingAfterItSteppedBackTheNextRunFoldsTheHour() throws Exception {
    assertThat(fixture.runs.run().problems()).isEmpty();
    long altered = lastVersion();
    fixture.runs.database.execute(
        "UPDATE "
            + fixture.traffic().batchMinuteTable()
            + " SET event_count = 7 WHERE event_hour = '2026-03-01T10:00Z' AND version = "
            + altered);
    Files.delete(
        fixture.file("hours/event_date=2026-03-01/event_hour=10/v" + altered + "-0.parquet"));
    Files.delete(fixture.file(fixture.arrivals(2)));
    crashAt(FOLDING);
    assertThatThrownBy(() -> fixture.runs.repair()).isInstanceOf(SQLException.class);
    assertThat(fixture.sealed()).isEqualTo("10");
    fixture.assertServed();

    fixture.runs.onStep = step -> {};
    RunSummary run = fixture.runs.run();

    assertThat(run.problems()).isEmpty();
    assertThat(run.hours()).singleElement().matches(hour -> hour.hour().equals(TEN));
    assertThat(run.text()).contains("140 events added to the sealed hour");
    fixture.assertServed();
    assertThat(fixture.runs.verify().text()).doesNotContain("rows-unaltered: event hour");
    fixture.assertRepaired();
    fixture.assertGoesOn();
  }

  /** Ends the repair's database session at a step, as if its process had died. */
  private void crashAt(String at) {
    fixture.runs.onStep =
        step -> {
          if (step.equals(at)) {
            fixture.runs.database.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks"
                    + " WHERE locktype = 'advisory' AND objsubid = 1");
          }
        };
  }

  private long lastVersion() {
    return fixture.runs.database.queryLong("SELECT max(version) FROM weir.batch_run");
  }

  private String run(long version) {
    return fixture.runs.database.query(
        "SELECT concat_ws(' ', kind, state, message) FROM weir.batch_run WHERE version = "
            + version);
  }

  private String published(long version) {
    return fixture.runs.database.query(
        "SELECT string_agg(DISTINCT to_char(event_hour AT TIME ZONE 'UTC', 'HH24'), ' ')"
            + " FROM weir.coverage WHERE version = "
            + version);
  }
}
