package dev.weir.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.archive.ArchivedEvent;
import dev.weir.batch.db.RunRefusedException;
import dev.weir.batch.publish.SealHours;
import dev.weir.batch.select.NotMigratedException;
import dev.weir.db.CubeTables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rewind does everything or nothing. */
class RewindRefusedITCase {
  private static final Instant EIGHT = Instant.parse("2026-03-01T08:00:00Z");
  private static final Instant NINE = Instant.parse("2026-03-01T09:00:00Z");

  @TempDir Path archive;
  private final EventStream stream = new EventStream(31);
  private final List<String> steps = new ArrayList<>();
  private BatchRunFixture fixture;
  private SoundLog log;

  @BeforeEach
  void start() {
    fixture = new BatchRunFixture(archive);
    fixture.onStep = steps::add;
    log = new SoundLog(fixture);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private void commit(Instant hour) throws Exception {
    fixture.speed.commit(stream.eventsOf(hour, 100));
  }

  private String text(String sql) {
    return log.text(sql);
  }

  private List<ArchivedEvent> committed() {
    return fixture.speed.archived();
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
    log.assertSound();
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
    new ServedView(fixture.database, fixture.pipeline()).assertServes(committed());

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
  void aDefinitionThatIsStillShownKeepsItsHours() throws Exception {
    commit(EIGHT);
    commit(EIGHT);
    commit(NINE);
    fixture.run();
    String old = fixture.pipeline().cubes().get(0).definitionHash();
    CubeTables traffic = CubeTables.of(fixture.pipeline(), fixture.pipeline().cubes().get(0));
    // The merged views show a definition until all hours of the one that follows are covered.
    fixture.database.execute(
        "CREATE VIEW serving.traffic_minute AS SELECT * FROM " + traffic.batchMinuteTable());
    fixture.declaration = TestPipelines.webWithoutSegments();
    fixture.database.declare(fixture.pipeline());
    fixture.speed.redeclare(fixture.pipeline());
    Map<String, String> before =
        DatabaseContent.of(fixture.database, "weir.batch_run", "weir.batch_fence");

    assertThatThrownBy(() -> fixture.rewind(1))
        .isInstanceOf(RunRefusedException.class)
        .hasMessage(
            "cannot rewind to commit 1: views still show cube 'traffic' by definition "
                + old
                + ", which is not declared any more, so that event hour 2026-03-01T08:00:00Z cannot be"
                + " computed anew. Run weir batch (and migrate, where no dashboard runs that"
                + " switches the views) until they show what is declared now, or, if the cube is to be shown"
                + " no more, drop its views; then rewind. Nothing was changed");
    assertThat(DatabaseContent.of(fixture.database, "weir.batch_run", "weir.batch_fence"))
        .isEqualTo(before);

    fixture.database.execute("DROP VIEW serving.traffic_minute");
    assertThat(fixture.rewind(1).text())
        .contains(
            "Cube traffic (definition " + old + "), which is not declared any more, would be");
    assertThat(fixture.run().problems()).isEmpty();
    new SoundLog(fixture).assertSound();
    fixture.assertBatchRows(committed());
  }

  @Test
  void anotherDeclarationThanTheServedOne() throws Exception {
    commit(EIGHT);
    commit(EIGHT);
    fixture.run();
    fixture.database.declare(TestPipelines.webWithSegments().pipeline());
    Map<String, String> before =
        DatabaseContent.of(fixture.database, "weir.batch_run", "weir.batch_fence");

    assertThatThrownBy(() -> fixture.rewind(1))
        .isInstanceOf(NotMigratedException.class)
        .hasMessageContaining("the database serves other definitions than the declaration has");
    assertThat(DatabaseContent.of(fixture.database, "weir.batch_run", "weir.batch_fence"))
        .isEqualTo(before);
  }

  @Test
  void arrivalsThatOnlyCompactedFilesHoldLimitHowFar() throws Exception {
    for (int i = 0; i < 3; i++) {
      commit(EIGHT);
    }
    fixture.run();
    commit(EIGHT);
    // As repair leaves it when an arrivals file was damaged that a whole compaction holds.
    fixture.database.execute(
        "UPDATE weir.archive_file SET deleted_at = clock_timestamp() WHERE commit = 1");
    Map<String, String> before =
        DatabaseContent.of(fixture.database, "weir.batch_run", "weir.batch_fence");

    assertThatThrownBy(() -> fixture.rewind(2))
        .isInstanceOf(RunRefusedException.class)
        .hasMessage(
            "cannot rewind to commit 2: arrivals of event hour 2026-03-01T08:00:00Z are gone, and its"
                + " compacted files hold the commits up to 3. Removing later commits from them would"
                + " lose events. The oldest commit that can be rewound to is 3; nothing was changed");
    assertThat(DatabaseContent.of(fixture.database, "weir.batch_run", "weir.batch_fence"))
        .isEqualTo(before);

    assertThat(fixture.rewind(3).succeeded()).isTrue();
    log.assertSound();
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
    log.assertSound();
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

    log.assertSound();
    assertThat(archive.resolve(fixture.speed.paths().get(2))).doesNotExist();
  }

  @Test
  void whatACrashAfterTheTransactionLeavesIsNoDamageAndTheNextRunRemovesIt() throws Exception {
    commit(EIGHT);
    commit(EIGHT);
    fixture.run();
    commit(NINE);
    crashAt("deleting files");
    assertThatThrownBy(() -> fixture.rewind(1)).isInstanceOf(SQLException.class);
    fixture.speed.rewound(1);
    assertThat(text("SELECT commit FROM weir.ledger")).isEqualTo("(1)");
    String needless = text("SELECT path FROM weir.file_to_delete");
    assertThat(needless).contains(fixture.speed.paths().get(5)).contains("hours/");

    fixture.onStep = steps::add;
    Answer verified = fixture.verify();
    assertThat(verified.succeeded()).as(verified.text()).isTrue();
    assertThat(verified.text()).doesNotContain("unlisted-file");
    assertThat(text("SELECT path FROM weir.file_to_delete")).isEqualTo(needless);
    assertThat(fixture.run().problems()).isEmpty();

    log.assertSound();
    fixture.assertBatchRows(committed());
    assertThat(files()).hasSize(2 + 1);
  }

  @Test
  void whatACrashBeforeTheTransactionLeavesIsRemovedByTheNextRun() throws Exception {
    commit(EIGHT);
    commit(EIGHT);
    fixture.run();
    commit(NINE);
    String served = served();
    List<String> files = files();
    crashAt("removing commits");
    assertThatThrownBy(() -> fixture.rewind(1)).isInstanceOf(SQLException.class);

    assertThat(served()).isEqualTo(served);
    assertThat(text("SELECT commit FROM weir.ledger")).isEqualTo("(1) (2) (3)");
    assertThat(text("SELECT state, kind FROM weir.batch_run WHERE version = 2"))
        .isEqualTo("(running,rewind)");
    assertThat(text("SELECT DISTINCT tag FROM weir.row_digest WHERE layer = 'hour'"))
        .isEqualTo("(1) (2)");
    assertThat(files()).hasSizeGreaterThan(files.size());

    fixture.onStep = steps::add;
    assertThat(fixture.run().problems()).isEmpty();
    assertThat(text("SELECT state, message FROM weir.batch_run WHERE version = 2"))
        .isEqualTo("(failed,\"the run was interrupted\")");
    log.assertSound();
    fixture.assertBatchRows(committed());
    assertThat(files()).containsAll(files).hasSize(files.size() + 1);
  }

  /** Ends the rewind's database session at a step, as if its process had died. */
  private void crashAt(String at) {
    fixture.onStep =
        step -> {
          if (step.equals(at)) {
            fixture.database.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks"
                    + " WHERE locktype = 'advisory' AND objsubid = 1");
          }
        };
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
