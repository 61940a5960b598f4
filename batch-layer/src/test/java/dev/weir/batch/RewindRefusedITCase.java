package dev.weir.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.batch.db.RunRefusedException;
import dev.weir.batch.publish.SealHours;
import dev.weir.batch.select.NotMigratedException;
import dev.weir.db.CubeTables;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A rewind that cannot be done changes nothing, and says what to do. */
class RewindRefusedITCase extends PlayedLogCase {
  RewindRefusedITCase() {
    super(31);
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

    assertThat(fixture.rewind(2).text())
        .contains("Sealed among them: 1; duplicates that a later version had dropped are counted");
    log.assertSound();
  }

  @Test
  void aCommitThatHangsIsNamed() throws Exception {
    commit(EIGHT);
    commit(EIGHT);
    try (Connection hangs = fixture.database.connect();
        Statement statement = hangs.createStatement()) {
      statement.execute("SET application_name = 'weir commit abc web'");
      hangs.setAutoCommit(false);
      statement.execute("SELECT FROM weir.head FOR UPDATE");

      assertThatThrownBy(() -> fixture.rewind(1))
          .isInstanceOf(RunRefusedException.class)
          .hasMessageMatching(
              "cannot rewind: for 10 s the commit log's head has been locked by session (\\d+)"
                  + " \\(weir commit abc web\\), in a transaction since 20[0-9:TZ-]+\\. A commit"
                  + " that is at work ends by itself; if its process hangs or was cut off, end"
                  + " that, or the session: SELECT pg_terminate_backend\\(\\1\\)\\. Nothing was"
                  + " changed; try again");
    }
    new ServedView(fixture.database, fixture.pipeline()).assertServes(committed());
    assertThat(fixture.rewind(1).succeeded()).isTrue();
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
}
