package dev.weir.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.archive.ArchivedEvent;
import dev.weir.batch.publish.RunRefusedException;
import dev.weir.batch.publish.SealHours;
import dev.weir.db.CubeTables;
import dev.weir.event.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Going back to an earlier commit, whatever the batch layer has made of the later ones. */
class RewindITCase {
  private static final Instant EIGHT = Instant.parse("2026-03-01T08:00:00Z");
  private static final Instant NINE = Instant.parse("2026-03-01T09:00:00Z");

  @TempDir Path archive;
  private final EventStream stream = new EventStream(31);
  private final List<String> steps = new ArrayList<>();
  private BatchRunFixture fixture;
  private ServedView view;

  @BeforeEach
  void start() {
    fixture = new BatchRunFixture(archive);
    fixture.onStep = steps::add;
    view = new ServedView(fixture.database, fixture.pipeline());
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private void commit(Instant hour) throws Exception {
    fixture.speed.commit(stream.eventsOf(hour, 100));
  }

  private String text(String sql) {
    return fixture.database.query(
        "SELECT string_agg(t::text, ' ' ORDER BY t::text) FROM (" + sql + ") AS t");
  }

  private List<ArchivedEvent> committed() {
    return fixture.speed.archived();
  }

  private void assertSound() throws SQLException {
    view.assertServes(committed());
    assertThat(text("SELECT commit FROM weir.journal EXCEPT SELECT commit FROM weir.ledger"))
        .isNull();
    assertThat(
            text(
                "SELECT c.cube FROM weir.coverage c WHERE version <> (SELECT max(h.version) FROM"
                    + " weir.coverage_history h WHERE h.cube = c.cube AND h.definition_hash ="
                    + " c.definition_hash AND h.event_hour = c.event_hour)"))
        .isNull();
    assertThat(text("SELECT path FROM weir.file_to_delete")).isNull();
    for (var cube : fixture.pipeline().cubes()) {
      for (String layer : List.of("speed", "minute", "hour")) {
        String name = "'%s', '%s', '%s'".formatted(layer, cube.name(), cube.definitionHash());
        assertThat(
                text(
                    "SELECT event_hour, tag, row_count, hash FROM weir.row_digest WHERE (layer, cube,"
                        + " definition_hash) = ("
                        + name
                        + ")"))
            .as(name)
            .isEqualTo(
                text(
                    "SELECT * FROM weir.row_digests("
                        + name
                        + ", (SELECT array_agg(h) FROM generate_series(timestamptz '2026-02-25Z',"
                        + " timestamptz '2026-03-03Z', interval '1 h') AS h))"));
      }
    }
  }

  @Test
  void commitsThatNoRunHasAbsorbed() throws Exception {
    for (int i = 0; i < 4; i++) {
      commit(EIGHT);
    }
    fixture.database.execute("INSERT INTO weir.live_writer VALUES (gen_random_uuid(), 1)");

    Answer answer = fixture.rewind(2);

    assertThat(answer.succeeded()).isTrue();
    assertThat(answer.text())
        .isEqualTo(
            """
            Rewound to commit 2: 2 commits were removed, the last of them 4.
            Event hours served by an earlier version again: 0; recomputed: 0.
            Start the speed layer from checkpoint or savepoint 2 of job job, or without state and with --take-over.
            """);
    assertSound();
    assertThat(text("SELECT commit, uuid, live_base, last_commit, attempt, job_id FROM weir.head"))
        .isEqualTo("(2,00000000-0000-0001-0000-000000000002,2,4,1,)");
    assertThat(text("SELECT commit FROM weir.ledger")).isEqualTo("(1) (2)");
    assertThat(text("SELECT DISTINCT commit FROM weir.archive_file")).isEqualTo("(1) (2)");
    assertThat(text("SELECT writer FROM weir.live_writer")).isNull();
    for (String path : fixture.speed.paths().subList(4, 8)) {
      assertThat(archive.resolve(path)).doesNotExist();
    }
    for (String path : fixture.speed.paths().subList(0, 4)) {
      assertThat(archive.resolve(path)).exists();
    }
    assertThat(fixture.run().problems()).isEmpty();
    fixture.assertBatchRows(committed());
  }

  @Test
  void aRetainedVersionIsServedAgain() throws Exception {
    commit(EIGHT);
    fixture.run();
    commit(EIGHT);
    fixture.run();
    steps.clear();

    Answer answer = fixture.rewind(1);

    assertThat(answer.text())
        .contains("Event hours served by an earlier version again: 1; recomputed: 0.");
    assertThat(steps)
        .containsExactly("selecting event hours", "removing commits", "deleting files");
    assertThat(text("SELECT DISTINCT version, absorbed_through FROM weir.coverage_history"))
        .isEqualTo("(1,1)");
    assertThat(text("SELECT DISTINCT absorbed_through, since_commit FROM weir.cube"))
        .isEqualTo("(1,0)");
    assertThat(text("SELECT event_hour FROM weir.compacted_hour")).isNull();
    assertSound();
    fixture.assertBatchRows(committed());
    assertThat(archive.resolve("hours/event_date=2026-03-01/event_hour=08").toFile().list())
        .isEmpty();
    commit(EIGHT);
    assertThat(fixture.run().problems()).isEmpty();
    fixture.assertBatchRows(committed());
    assertSound();
  }

  @Test
  void commitsBetweenTheRetainedVersionAndTheTargetAreAbsorbedByTheNextRun() throws Exception {
    commit(EIGHT);
    fixture.run();
    commit(EIGHT);
    commit(EIGHT);
    fixture.run();

    fixture.rewind(2);

    assertThat(text("SELECT DISTINCT version, absorbed_through FROM weir.coverage"))
        .isEqualTo("(1,1)");
    assertSound();
    RunSummary run = fixture.run();
    assertThat(run.problems()).isEmpty();
    assertThat(run.published()).isEqualTo(1);
    fixture.assertBatchRows(committed());
    assertSound();
  }

  @Test
  void hoursWithoutARetainedVersionAreRecomputed() throws Exception {
    commit(EIGHT);
    commit(EIGHT);
    commit(NINE);
    fixture.run();
    steps.clear();

    Answer answer = fixture.rewind(1);

    assertThat(answer.text())
        .contains("Event hours served by an earlier version again: 0; recomputed: 1.");
    assertThat(steps).contains("recomputing 1 event hour");
    assertThat(
            text(
                "SELECT DISTINCT event_hour = '2026-03-01T08:00Z', version, absorbed_through FROM weir.coverage_history"))
        .isEqualTo("(t,2,1)");
    assertThat(text("SELECT version, absorbed_through FROM weir.compacted_hour"))
        .isEqualTo("(2,1)");
    assertThat(
            text("SELECT kind, state, through_commit, hours FROM weir.batch_run WHERE version = 2"))
        .isEqualTo("(rewind,published,1,1)");
    assertSound();
    fixture.assertBatchRows(committed());
    commit(NINE);
    commit(EIGHT);
    assertThat(text("SELECT commit FROM weir.ledger")).isEqualTo("(1) (4) (5)");
    assertThat(fixture.run().problems()).isEmpty();
    fixture.assertBatchRows(committed());
    assertSound();
  }

  @Test
  void oneCubeIsRecomputedWhereOnlyItNeedsToBe() throws Exception {
    commit(EIGHT);
    fixture.run();
    commit(EIGHT);
    fixture.run();
    fixture.database.execute(
        "DELETE FROM weir.coverage_history WHERE cube = 'routes' AND version = 1");
    CubeTables routes = CubeTables.of(fixture.pipeline(), fixture.pipeline().cubes().get(1));
    for (String table : List.of(routes.batchMinuteTable(), routes.batchHourTable())) {
      fixture.database.execute("DELETE FROM " + table + " WHERE version = 1");
    }
    fixture.database.execute(
        "DELETE FROM weir.row_digest WHERE cube = 'routes' AND tag = 1 AND layer <> 'speed'");

    Answer answer = fixture.rewind(1);

    assertThat(answer.text())
        .contains("Event hours served by an earlier version again: 0; recomputed: 1.");
    assertThat(text("SELECT cube, version, absorbed_through FROM weir.coverage"))
        .isEqualTo("(routes,3,1) (traffic,1,1)");
    assertSound();
    fixture.assertBatchRows(committed());
  }

  @Test
  void backToTheEmptyLog() throws Exception {
    commit(EIGHT);
    fixture.run();
    commit(EIGHT);

    Answer answer = fixture.rewind(0);

    assertThat(answer.text())
        .startsWith("Rewound to the empty log: 2 commits were removed")
        .contains("Start the speed layer without state");
    assertThat(text("SELECT commit, uuid, live_base, last_commit FROM weir.head"))
        .isEqualTo("(0,00000000-0000-0000-0000-000000000000,0,2)");
    assertThat(text("SELECT cube FROM weir.coverage")).isNull();
    assertSound();
    commit(EIGHT);
    assertThat(fixture.run().problems()).isEmpty();
    fixture.assertBatchRows(committed());
    assertThat(text("SELECT commit FROM weir.ledger")).isEqualTo("(3)");
  }

  @Test
  void aSealedHourLimitsHowFar() throws Exception {
    for (int i = 0; i < 3; i++) {
      commit(EIGHT);
      fixture.run();
    }
    commit(NINE);
    try (Connection connection = fixture.database.connect()) {
      SealHours.seal(
          connection,
          new long[] {EIGHT.toEpochMilli()},
          SealHours.Reason.RETENTION,
          "for the test");
    }
    Map<String, String> before =
        DatabaseContent.of(
            fixture.database, "weir.batch_run", "weir.batch_fence", "weir.file_to_delete");

    assertThatThrownBy(() -> fixture.rewind(1))
        .isInstanceOf(RunRefusedException.class)
        .hasMessage(
            "cannot rewind to commit 1: event hour 2026-03-01T08:00:00Z is sealed (retention) and"
                + " the oldest version kept of it in cube 'routes' has absorbed the commits up to 2;"
                + " event hour 2026-03-01T08:00:00Z is sealed (retention) and the oldest version kept"
                + " of it in cube 'traffic' has absorbed the commits up to 2. Removing later commits"
                + " from them would lose events. The oldest commit that can be rewound to is 2;"
                + " nothing was changed");
    assertThat(
            DatabaseContent.of(
                fixture.database, "weir.batch_run", "weir.batch_fence", "weir.file_to_delete"))
        .isEqualTo(before);

    assertThat(fixture.rewind(2).succeeded()).isTrue();
    assertSound();
  }

  @Test
  void aJobThatIsAliveKeepsItsCommits() throws Exception {
    commit(EIGHT);
    commit(EIGHT);
    fixture.database.execute(
        "UPDATE weir.head SET job_id = 'abc', attempt = 1, seen_at = clock_timestamp()");
    fixture.onStep =
        step -> {
          assertThat(step).startsWith("waiting for job abc, last seen at ");
          fixture.database.execute("UPDATE weir.head SET seen_at = clock_timestamp()");
        };

    assertThatThrownBy(() -> fixture.rewind(1))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageStartingWith(
            "cannot rewind: job abc extends the commit log and is alive, last seen at ")
        .hasMessageEndingWith(
            ". Stop it (weir down, or cancel it in Flink), then rewind; a job that was killed counts"
                + " as gone when it was not seen for 15 s. Nothing was changed");
    view.assertServes(committed());

    fixture.onStep = steps::add;
    fixture.database.execute("UPDATE weir.head SET seen_at = clock_timestamp() - interval '16 s'");
    assertThat(fixture.rewind(1).succeeded()).isTrue();
    assertThat(text("SELECT attempt, job_id FROM weir.head")).isEqualTo("(2,)");
  }

  @Test
  void aJobThatClaimsTheLogMeanwhileKeepsItsCommits() throws Exception {
    commit(EIGHT);
    commit(EIGHT);
    fixture.run();
    Map<String, String> before =
        DatabaseContent.of(
            fixture.database,
            "weir.batch_run",
            "weir.batch_fence",
            "weir.head",
            "weir.reconciliation");
    fixture.onStep =
        step -> {
          if (step.equals("removing commits")) {
            fixture.database.execute(
                "UPDATE weir.head SET job_id = 'abc', seen_at = clock_timestamp()");
          }
        };

    assertThatThrownBy(() -> fixture.rewind(1))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("job abc extends the commit log and is alive");
    assertThat(
            DatabaseContent.of(
                fixture.database,
                "weir.batch_run",
                "weir.batch_fence",
                "weir.head",
                "weir.reconciliation"))
        .isEqualTo(before);
  }

  @Test
  void aBatchRunAtWorkIsNotDisturbed() throws Exception {
    commit(EIGHT);
    commit(EIGHT);
    try (Connection other = fixture.database.connect();
        Statement statement = other.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(hashtextextended('weir.batch_run', 0))");
      assertThatThrownBy(() -> fixture.rewind(1))
          .isInstanceOf(RunRefusedException.class)
          .hasMessageContaining("another run of the batch layer is at work");
    }
    assertThat(text("SELECT commit FROM weir.ledger")).isEqualTo("(1) (2)");
  }

  @Test
  void aCommitThatIsNotInTheLedger() throws Exception {
    for (int i = 0; i < 3; i++) {
      commit(EIGHT);
    }
    fixture.rewind(1);
    commit(EIGHT);

    assertThatThrownBy(() -> fixture.rewind(2))
        .isInstanceOf(RunRefusedException.class)
        .hasMessage(
            "cannot rewind to commit 2: it is not in the ledger, whose head is commit 4. Next to it"
                + " are commit 1 and commit 4; nothing was changed");
    assertThatThrownBy(() -> fixture.rewind(9))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("Next to it are commit 4; nothing was changed");
    assertThat(fixture.rewind(4).text()).isEqualTo("Nothing to remove: commit 4 is the head.\n");
  }

  @Test
  void anArchiveThatCannotBeReadChangesNothing() throws Exception {
    commit(EIGHT);
    commit(EIGHT);
    fixture.run();
    Files.delete(archive.resolve(fixture.speed.paths().get(0)));
    Map<String, String> before =
        DatabaseContent.of(
            fixture.database, "weir.batch_run", "weir.batch_fence", "weir.reconciliation");

    assertThatThrownBy(() -> fixture.rewind(1))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageStartingWith(
            "cannot rewind to commit 1: event hour 2026-03-01T08:00:00Z cannot be recomputed from"
                + " the archive: "
                + fixture.speed.paths().get(0)
                + " cannot be read: ")
        .hasMessageEndingWith(". Nothing was changed; run weir repair, then rewind");
    assertThat(
            DatabaseContent.of(
                fixture.database, "weir.batch_run", "weir.batch_fence", "weir.reconciliation"))
        .isEqualTo(before);
  }

  @Test
  void anAbandonedTimelineReplayedNeverDoubles() throws Exception {
    List<List<Event>> sent = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      sent.add(stream.eventsOf(i % 2 == 0 ? EIGHT : NINE, 100));
      fixture.speed.commit(sent.get(i));
      if (i == 1 || i == 3) {
        fixture.run();
      }
    }
    String total = view.total();
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<List<Long>> answers =
        CompletableFuture.supplyAsync(
            () -> {
              List<Long> seen = new ArrayList<>();
              while (!done.get()) {
                seen.add(fixture.database.queryLong(total));
              }
              return seen;
            });
    try {
      fixture.rewind(3);
    } finally {
      done.set(true);
    }
    assertThat(answers.get()).isNotEmpty().allMatch(answer -> answer == 600 || answer == 300);
    assertThat(answers.get()).isSortedAccordingTo((a, b) -> Long.compare(b, a));
    assertSound();
    for (int i = 3; i < 6; i++) {
      fixture.speed.commit(sent.get(i));
      assertThat(fixture.database.queryLong(total)).isEqualTo(100L * (i + 1));
      assertSound();
      assertThat(fixture.run().problems()).isEmpty();
      assertThat(fixture.database.queryLong(total)).isEqualTo(100L * (i + 1));
      fixture.assertBatchRows(committed());
    }
    assertThat(text("SELECT commit FROM weir.ledger")).isEqualTo("(1) (2) (3) (7) (8) (9)");
  }

  @Test
  void aCrashBeforeTheEndOfTheTransactionChangesNothing() throws Exception {
    commit(EIGHT);
    commit(EIGHT);
    fixture.run();
    commit(NINE);
    fixture.database.execute(
        """
        CREATE FUNCTION public.crash() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM pg_terminate_backend(pg_backend_pid());
          RETURN NULL;
        END $$""");
    // Runs when everything is done and only the commit is missing.
    fixture.database.execute(
        "CREATE CONSTRAINT TRIGGER crash AFTER UPDATE ON weir.head DEFERRABLE INITIALLY DEFERRED"
            + " FOR EACH ROW EXECUTE FUNCTION public.crash()");
    List<String> files = files();
    String served = served();

    assertThatThrownBy(() -> fixture.rewind(1)).isInstanceOf(SQLException.class);

    assertThat(served()).isEqualTo(served);
    assertThat(text("SELECT commit FROM weir.ledger")).isEqualTo("(1) (2) (3)");
    assertThat(text("SELECT path FROM weir.file_to_delete")).isNull();
    assertThat(files()).containsAll(files);
    fixture.database.execute("DROP TRIGGER crash ON weir.head");
    assertThat(fixture.rewind(1).succeeded()).isTrue();
    assertSound();
    fixture.assertBatchRows(committed());
  }

  @Test
  void filesThatACrashAfterTheTransactionLeavesAreDeletedByTheNextRun() throws Exception {
    commit(EIGHT);
    commit(EIGHT);
    fixture.onStep =
        step -> {
          if (step.equals("deleting files")) {
            throw new IllegalStateException("killed");
          }
        };
    assertThatThrownBy(() -> fixture.rewind(1)).hasMessage("killed");
    fixture.speed.rewound(1);
    assertThat(text("SELECT commit FROM weir.ledger")).isEqualTo("(1)");
    assertThat(text("SELECT state FROM weir.batch_run")).isEqualTo("(published)");

    fixture.onStep = steps::add;
    assertThat(fixture.rewind(1).succeeded()).isTrue();

    assertSound();
    assertThat(archive.resolve(fixture.speed.paths().get(2))).doesNotExist();
  }

  private String served() {
    return text("SELECT * FROM weir.coverage") + text("SELECT * FROM weir.coverage_history");
  }

  private List<String> files() throws Exception {
    try (var walk = Files.walk(archive)) {
      return walk.filter(Files::isRegularFile).map(Path::toString).sorted().toList();
    }
  }
}
