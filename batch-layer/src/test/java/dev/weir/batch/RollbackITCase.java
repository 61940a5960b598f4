package dev.weir.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.batch.select.HourRange;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollback: an earlier version serves again, and no event is lost or counted twice. */
class RollbackITCase {
  private static final Instant EIGHT = Instant.parse("2026-03-01T08:00:00Z");
  private static final Instant NINE = Instant.parse("2026-03-01T09:00:00Z");

  @TempDir Path archive;
  private final EventStream stream = new EventStream(3);
  private BatchRunFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = new BatchRunFixture(archive);
    fixture.speed.commit(stream.eventsOf(EIGHT, 60));
    fixture.run();
    fixture.speed.commit(stream.eventsOf(EIGHT, 50));
    fixture.speed.commit(stream.eventsOf(NINE, 40));
    fixture.run();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void servesTheVersionBeforeTheLastPublishedOne() throws Exception {
    Answer answer = fixture.rollback();

    assertThat(answer.text().lines())
        .containsExactly(
            "Rolled back 1 event hour (2 over all cubes) of version 2: the version before is"
                + " served, with the commits after it from the speed layer.",
            "The next run recomputes them.",
            "! event hour 2026-03-01T09:00:00Z of cube 'traffic' was not rolled back: version 2 is"
                + " the only one retained",
            "! event hour 2026-03-01T09:00:00Z of cube 'routes' was not rolled back: version 2 is"
                + " the only one retained");
    assertThat(answer.succeeded()).isFalse();
    assertThat(served(EIGHT)).isEqualTo("1 1");
    assertThat(served(NINE)).isEqualTo("2 3");
    assertThat(
            fixture.database.query(
                "SELECT kind || ' ' || state || ' ' || hours FROM weir.batch_run WHERE version = 3"))
        .isEqualTo("rollback published 1");
    fixture.assertServed();
  }

  @Test
  void theNextRunAbsorbsTheCommitsAgain() throws Exception {
    fixture.rollback();

    RunSummary summary = fixture.run();

    assertThat(summary.problems()).isEmpty();
    assertThat(summary.hours()).singleElement().matches(hour -> hour.hour().equals(EIGHT));
    assertThat(served(EIGHT)).isEqualTo("4 3");
    fixture.assertServed();
    fixture.assertBatchRows(fixture.speed.archived());
  }

  @Test
  void repeatedItGoesNoFurtherBack() throws Exception {
    fixture.rollback(HourRange.parse("2026-03-01T08:00:00Z", "2026-03-01T09:00:00Z"));
    assertThat(served(EIGHT)).isEqualTo("1 1");

    Answer again =
        fixture.rollback(HourRange.parse("2026-03-01T08:00:00Z", "2026-03-01T09:00:00Z"));

    assertThat(again.succeeded()).isFalse();
    assertThat(again.text())
        .contains("event hour 2026-03-01T08:00:00Z of cube 'traffic' was not rolled back:")
        .contains("version 1 is the only one retained");
    assertThat(served(EIGHT)).isEqualTo("1 1");
    assertThat(
            fixture.database.query(
                "SELECT state FROM weir.batch_run ORDER BY version DESC LIMIT 1"))
        .isEqualTo("nothing-changed");
    fixture.assertServed();
  }

  @Test
  void saysThatThereIsNothingToRollBack() throws Exception {
    HourRange empty = HourRange.parse("2026-03-05T08:00:00Z", "2026-03-05T09:00:00Z");

    assertThat(fixture.rollback(empty).text())
        .isEqualTo("Nothing to roll back: no event hour there has been published.\n");
    assertThat(fixture.rollback(empty).succeeded()).isTrue();
  }

  @Test
  void refusesAVersionThatNoSpeedRowsCouldComplete() throws Exception {
    fixture.declaration = TestPipelines.webWithSegments();
    fixture.database.declare(fixture.pipeline());
    fixture.speed.redeclare(fixture.pipeline());
    fixture.speed.commit(stream.eventsOf(EIGHT, 30));
    // A version of the new cube that has absorbed fewer commits than those before its declaration.
    fixture.run();
    fixture.database.execute(
        "INSERT INTO weir.coverage_history SELECT cube, definition_hash, event_hour, 1, 1"
            + " FROM weir.coverage WHERE cube = 'segments' AND event_hour = '"
            + EIGHT
            + "'");

    Answer answer = fixture.rollback();

    assertThat(answer.text())
        .contains(
            "event hour 2026-03-01T08:00:00Z of cube 'segments' was not rolled back: version 1 has"
                + " not absorbed commits from before the cube was declared");
    fixture.assertServed();
  }

  @Test
  void onTheCommandLine() throws Exception {
    Path declaration = Files.writeString(archive.resolve("pipeline.yaml"), TestPipelines.webText());
    String[] arguments = {
      "rollback",
      "--pipeline",
      declaration.toString(),
      "--database.url",
      fixture.database.jdbcUrl(),
      "--database.user",
      fixture.database.user(),
      "--archive",
      archive.toUri().toString(),
      "--from",
      "2026-03-01T08:00:00Z",
      "--to",
      "2026-03-01T09:00:00Z"
    };

    ByteArrayOutputStream first = new ByteArrayOutputStream();
    assertThat(BatchLayerJob.run(arguments, print(first), System.err)).isZero();
    assertThat(first.toString(UTF_8)).contains("Rolled back 1 event hour (2 over all cubes): ");

    ByteArrayOutputStream again = new ByteArrayOutputStream();
    assertThat(BatchLayerJob.run(arguments, print(again), System.err)).isEqualTo(1);
    assertThat(again.toString(UTF_8)).contains("! event hour 2026-03-01T08:00:00Z of cube ");
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, UTF_8);
  }

  private String served(Instant hour) {
    return fixture.database.query(
        "SELECT DISTINCT version || ' ' || absorbed_through FROM weir.coverage WHERE event_hour = '"
            + hour
            + "'");
  }
}
