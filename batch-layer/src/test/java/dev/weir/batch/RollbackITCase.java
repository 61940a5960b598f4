package dev.weir.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.batch.publish.SealHours;
import dev.weir.batch.select.HourRange;
import dev.weir.event.Event;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rollback: an earlier version serves again, and no event is lost or counted twice. */
class RollbackITCase extends PlayedLogCase {
  RollbackITCase() {
    super(3);
  }

  @BeforeEach
  void publishTwice() throws Exception {
    fixture.speed.commit(stream.eventsOf(EIGHT, 60));
    fixture.run();
    fixture.speed.commit(stream.eventsOf(EIGHT, 50));
    fixture.speed.commit(stream.eventsOf(NINE, 40));
    fixture.run();
  }

  @Test
  void servesTheVersionBeforeTheLastPublishedOne() throws Exception {
    Answer answer = fixture.rollback();

    assertThat(answer.text().lines())
        .containsExactly(
            "Rolled back 2 event hours (4 over all cubes) of version 2: the version before is"
                + " served, with the commits after it from the speed layer.",
            "Without a version before, served by the speed layer alone: 2026-03-01T09:00:00Z.",
            "The next run recomputes them.");
    assertThat(answer.succeeded()).isTrue();
    assertThat(served(EIGHT)).isEqualTo("1 1");
    assertThat(served(NINE)).isNull();
    assertThat(fixture.database.query("SELECT DISTINCT absorbed_through FROM weir.cube"))
        .isEqualTo("1");
    assertThat(
            fixture.database.query(
                "SELECT kind || ' ' || state || ' ' || hours FROM weir.batch_run WHERE version = 3"))
        .isEqualTo("rollback published 2");
    fixture.assertServed();
    EveryEventOnce.assertDigests(fixture.database, fixture.pipeline());
    assertThat(fixture.verify().text()).endsWith("Nothing of the layers is damaged.\n");
  }

  @Test
  void theNextRunAbsorbsTheCommitsAgain() throws Exception {
    fixture.rollback();

    RunSummary summary = fixture.run();

    assertThat(summary.problems()).isEmpty();
    assertThat(summary.hours()).hasSize(2);
    assertThat(served(EIGHT)).isEqualTo("4 3");
    assertThat(served(NINE)).isEqualTo("4 3");
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
        .contains("version 1 is the only one retained")
        .endsWith(
            "\n0 event hours rolled back, 1 not: what is served of it stays. To compute anew from"
                + " the archive: weir batch --from 2026-03-01T08:00:00Z --to 2026-03-01T09:00:00Z\n");
    assertThat(served(EIGHT)).isEqualTo("1 1");
    assertThat(
            fixture.database.query(
                "SELECT state FROM weir.batch_run ORDER BY version DESC LIMIT 1"))
        .isEqualTo("nothing-changed");
    fixture.assertServed();
  }

  @Test
  void anHourWhoseSpeedRowsAreDeletedIsRefusedByName() throws Exception {
    fixture.speed.commit(stream.eventsOf(EIGHT, 10));
    // Deletes the speed rows that every version of the other hours has absorbed.
    fixture.run();

    Answer answer =
        fixture.rollback(HourRange.parse("2026-03-01T08:00:00Z", "2026-03-01T10:00:00Z"));

    assertThat(answer.succeeded()).isFalse();
    assertThat(answer.text().lines())
        .containsExactly(
            "Rolled back 1 event hour (2 over all cubes): the version before is served, with the"
                + " commits after it from the speed layer.",
            "The next run recomputes them.",
            "! event hour 2026-03-01T09:00:00Z of cube 'traffic' was not rolled back: version 2 is"
                + " the only one retained, and the speed rows it was made of are gone",
            "! event hour 2026-03-01T09:00:00Z of cube 'routes' was not rolled back: version 2 is"
                + " the only one retained, and the speed rows it was made of are gone",
            "1 event hour rolled back, 1 not: what is served of it stays. To compute anew from the"
                + " archive: weir batch --from 2026-03-01T09:00:00Z --to 2026-03-01T10:00:00Z");
    assertThat(served(EIGHT)).isEqualTo("2 3");
    assertThat(served(NINE)).isEqualTo("2 3");
    fixture.assertServed();
  }

  @Test
  void aSealedHourIsRefusedBecauseItsVersionCouldNotBeComputedAgain() throws Exception {
    // The same events once more: beyond the horizon, so that only the batch layer drops them.
    List<Event> once = stream.eventsOf(EIGHT, 30);
    fixture.speed.commit(once);
    fixture.run();
    fixture.speed.commit(once);
    fixture.speed.commit(stream.eventsOf(NINE, 10));
    fixture.run();
    try (Connection connection = fixture.database.connect()) {
      SealHours.seal(
          connection,
          new long[] {EIGHT.toEpochMilli()},
          SealHours.Reason.RETENTION,
          "for the test");
    }
    Map<String, String> before = rowsOfEight();

    Answer answer = fixture.rollback();

    assertThat(answer.succeeded()).isFalse();
    assertThat(answer.text().lines())
        .containsExactly(
            "Rolled back 1 event hour (2 over all cubes) of version 4: the version before is"
                + " served, with the commits after it from the speed layer.",
            "The next run recomputes them.",
            "! event hour 2026-03-01T08:00:00Z of cube 'traffic' was not rolled back: it is sealed,"
                + " its archived events are gone, and version 4 could not be computed again",
            "! event hour 2026-03-01T08:00:00Z of cube 'routes' was not rolled back: it is sealed,"
                + " its archived events are gone, and version 4 could not be computed again",
            "1 event hour rolled back, 1 not: what is served of it stays. Sealed hours cannot be"
                + " computed anew; weir verify tells whether they are as they were written.");
    assertThat(rowsOfEight()).isEqualTo(before);
    assertThat(served(NINE)).isEqualTo("2 3");
    assertThat(fixture.run().problems()).isEmpty();
    fixture.assertBatchRows(fixture.speed.archived());
  }

  private Map<String, String> rowsOfEight() {
    Map<String, String> rows = new TreeMap<>();
    for (String table :
        List.of("weir.coverage", "weir.coverage_history", "weir.row_digest", "weir.sealed_hour")) {
      rows.put(
          table,
          fixture.database.query(
              "SELECT string_agg(t::text, ' ' ORDER BY t::text) FROM "
                  + table
                  + " AS t WHERE event_hour = '"
                  + EIGHT
                  + "'"));
    }
    return rows;
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
                + " not absorbed commits that left no speed rows of the cube");
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
