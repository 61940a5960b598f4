package dev.weir.serving.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.db.TestDatabase;
import dev.weir.pipeline.PipelineReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The tables are migrated while jobs of version 0.1, which know neither journal nor kinds, use
 * them.
 */
class MigrationUnderAJobITCase {
  private static final String DECLARATION = ShopDeclaration.by("event_type");

  /** What a commit of 0.1 does, in the order in which it does it. */
  private static final String COMMIT =
      """
      SELECT FROM weir.head FOR UPDATE;
      INSERT INTO weir.ledger (commit, uuid, parent, attempt, job_id, checkpoint)
      VALUES (%1$d, gen_random_uuid(), gen_random_uuid(), 1, 'job', %1$d);
      UPDATE weir.head SET commit = %1$d, last_commit = %1$d""";

  private TestDatabase database;

  @BeforeEach
  void createTablesOfVersion01() {
    database = TestDatabase.empty();
    Flyway.configure()
        .dataSource(database.dataSource())
        .schemas("weir")
        .locations("classpath:db/migration")
        .target("1")
        .load()
        .migrate();
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void waitsForTheCommitUnderWayAndKeepsItsJournal() throws Exception {
    CompletableFuture<Void> migration;
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(COMMIT.formatted(1));
      migration = CompletableFuture.runAsync(this::migrate);
      awaitWaiting(migration);
      connection.commit();
    }
    migration.join();

    assertThat(
            database.query(
                "SELECT entry = weir.journal_entry(commit) FROM weir.journal WHERE commit = 1"))
        .isEqualTo("t");
  }

  @Test
  void refusesCommitsThatComeAfterIt() {
    migrate();

    assertThatThrownBy(() -> database.execute(COMMIT.formatted(1)))
        .rootCause()
        .isInstanceOf(SQLException.class)
        .hasMessageContaining(
            "commit 1 has no journal entry: the job that writes it is older than these tables")
        .hasMessageContaining("start the current speed layer from its last checkpoint");
    assertThat(database.query("SELECT commit FROM weir.head")).isEqualTo("0");
    assertThat(database.query("SELECT count(*) FROM weir.ledger")).isEqualTo("0");
  }

  @Test
  void waitsForNoBatchRunAndRefusesOneThatComesAfterIt() throws Exception {
    String lock = "SELECT pg_advisory_lock(hashtextextended('weir.batch_run', 0))";
    try (Connection run = database.connect();
        Statement statement = run.createStatement()) {
      statement.execute(lock);
      assertThatThrownBy(this::migrate)
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("a run of the batch layer is at work")
          .hasMessageContaining("Wait until it has ended, then migrate again.");
    }
    // Its session ends in its own time.
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptionsInstanceOf(MigrationException.class)
        .untilAsserted(this::migrate);

    assertThatThrownBy(
            () ->
                database.execute(
                    "INSERT INTO weir.batch_run (state, through_commit) VALUES ('running', 0)"))
        .rootCause()
        .hasMessageContaining("null value in column \"kind\" of relation \"batch_run\"");
  }

  private void migrate() {
    new Migration(database.dataSource(), PipelineReader.read(DECLARATION), DECLARATION).run();
  }

  private void awaitWaiting(CompletableFuture<?> task) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                task.isDone()
                    || database
                        .query(
                            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                + " AND datname = current_database()")
                        .equals("1"));
  }
}
