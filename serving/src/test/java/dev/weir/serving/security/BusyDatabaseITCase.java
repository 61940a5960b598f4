package dev.weir.serving.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.db.CubeTables;
import dev.weir.db.TestDatabase;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.PipelineReader;
import dev.weir.serving.api.RunningServer;
import dev.weir.serving.security.Attempt.Answer;
import dev.weir.serving.security.caller.Role;
import dev.weir.serving.security.limit.QuestionTurns;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Questions that take long: who else gets an answer meanwhile, and which. */
@ExtendWith(SecuredServer.Shared.class)
class BusyDatabaseITCase {
  private final ExecutorService askers = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    askers.shutdownNow();
  }

  @Test
  void oneKeysSlowQuestionsHoldUpNobodyElse(SecuredServer server) throws Exception {
    TestDatabase database = server.running.database();
    String slow = server.create(Role.READER, null).text().revealed();
    List<CompletableFuture<Answer>> waiting;
    try (Connection holding = hold(database)) {
      waiting = ask(3 * QuestionTurns.AT_A_TIME, i -> server.ask(question(i)).key(slow));
      awaitHeldUp(database, QuestionTurns.AT_A_TIME);

      String key = server.create(Role.READER, null).text().revealed();
      assertThat(server.ask("/api/v1/dead-letters").key(key).send().status())
          .as("a key that was never looked up, and a question")
          .isEqualTo(200);
      assertThat(server.ask("/health").send().body()).isEqualTo("{\"status\":\"up\"}");
      assertThat(server.ask("/api/v1/me").key(slow).send().status()).isEqualTo(200);
      // The rows that viewers of other tests watch may be held up, too.
      assertThat(heldUp(database))
          .isBetween((long) QuestionTurns.AT_A_TIME, QuestionTurns.AT_A_TIME + 1L);
      holding.rollback();
    }

    assertThat(waiting)
        .extracting(answer -> answer.join().status())
        .as("they have waited for their turn")
        .containsOnly(200);
  }

  @Test
  void saysThatItIsBusyAndNotThatTheDatabaseIsAway(@TempDir Path folder) throws Exception {
    try (RunningServer server = new RunningServer(folder)) {
      List<CompletableFuture<Answer>> answers;
      try (Connection holding = hold(server.database())) {
        answers = ask(8, i -> Attempt.at(server.uri(question(i))));
        awaitHeldUp(server.database(), 6);
        assertThat(server.get("/health").body()).contains("\"status\":\"up\"");
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> answers.stream().filter(CompletableFuture::isDone).count() == 2);
        holding.rollback();
      }
      for (CompletableFuture<Answer> each : answers) {
        Answer answer = each.join();
        if (answer.status() != 200) {
          assertThat(answer.status()).isEqualTo(503);
          assertThat(answer.header("Retry-After")).isEqualTo("5");
          assertThat(answer.body())
              .contains("\"title\":\"Busy\"", "The database answers, but as many questions");
        }
      }
      assertThat(answers).filteredOn(answer -> answer.join().status() == 503).hasSize(2);
    }
  }

  /** Another question each time, or they would share an answer. */
  private static String question(int i) {
    return "/api/v1/cubes/traffic/rows?from=2026-03-01&to=2026-03-02&filter.country=C" + i;
  }

  private List<CompletableFuture<Answer>> ask(int times, IntFunction<Attempt> attempt) {
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      Attempt one = attempt.apply(i);
      answers.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return one.send();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              },
              askers));
    }
    return answers;
  }

  /** Has questions about the cube's rows wait until the transaction ends. */
  private static Connection hold(TestDatabase database) throws Exception {
    Pipeline pipeline = PipelineReader.read(RunningServer.DECLARATION);
    String table = CubeTables.of(pipeline, pipeline.cubes().get(0)).speedTable();
    Connection holding = database.connect();
    holding.setAutoCommit(false);
    try (Statement statement = holding.createStatement()) {
      statement.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
    }
    return holding;
  }

  private static void awaitHeldUp(TestDatabase database, long questions) {
    await().atMost(Duration.ofMinutes(1)).until(() -> heldUp(database) >= questions);
  }

  private static long heldUp(TestDatabase database) {
    return database.queryLong(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            + " AND wait_event = 'relation'");
  }
}
