package dev.weir.faults.fencing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.faults.proxy.Armed;
import dev.weir.faults.proxy.Trigger;
import dev.weir.faults.proxy.Verdict;
import dev.weir.faults.stage.Command;
import dev.weir.faults.stage.OnStage;
import dev.weir.faults.stage.Stage;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A rewind that dies right after its transaction: the removed commits' checkpoints are still there,
 * and the next {@code weir up} must not start from one of them.
 */
@OnStage
class InterruptedRewindITCase {
  private final Stage stage;
  private String savepoint;
  private long target;

  InterruptedRewindITCase(Stage stage) {
    this.stage = stage;
  }

  @BeforeEach
  void commitAfterASavepoint() throws Exception {
    long before = stage.database().head();
    stage.flow();
    // Only an epoch with events is committed: they must arrive when the savepoint is taken.
    await().atMost(Stage.PATIENCE).until(() -> stage.database().head() > before);
    String job = stage.jobs().running();
    Stage.CommittedSavepoint committed = stage.committedSavepoint(job);
    savepoint = committed.savepoint();
    target = committed.commit();
    stage.settle();
  }

  @AfterEach
  void upGoesOnFromTheSavepointAndEverythingIsReadAgain() throws Exception {
    assertThat(stage.database().head()).isEqualTo(target);
    stage.runtime().up();
    String restored = stage.jobs().restoredFrom(stage.jobs().running());
    assertThat(path(restored)).isEqualTo(path(savepoint));
    stage.flowForCommits(1);
    stage.assertEqualsOracle();
  }

  @Test
  void whereOnlyTheDriverDiesTheCommandSeesThatTheCommitsAreGone() throws Exception {
    Command.Outcome outcome = rewindAndKill(false).outcome();
    assertThat(outcome.output())
        .contains("The commits are removed all the same")
        .contains("Next: weir up --data ", ". The job continues from ")
        .doesNotContain("Nothing was removed");
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void whereTheCommandDiesTooItsRepetitionHasNothingToDoAndUpKnows() throws Exception {
    assertThat(rewindAndKill(true).outcome().exitCode()).isNotZero();
    assertThat(stage.weir("rewind", Long.toString(target)).succeed())
        .contains("Commit " + target + " is the head already");
  }

  private Command rewindAndKill(boolean commandToo) throws InterruptedException {
    AtomicReference<Command> rewind = new AtomicReference<>();
    Armed committed =
        stage
            .runtime()
            .proxy()
            .armAtCommit(
                Trigger.after(
                        "DELETE FROM weir.live_writer",
                        (session, commit) -> {
                          ProcessHandle driver = rewind.get().driver().orElseThrow();
                          if (commandToo) {
                            driver.parent().orElseThrow().destroyForcibly();
                          }
                          driver.destroyForcibly();
                          return Verdict.CUT;
                        })
                    .by("weir batch layer"));
    rewind.set(stage.weir("rewind", Long.toString(target)));
    assertThat(committed.await(Stage.PATIENCE)).isTrue();
    return rewind.get();
  }

  private static Path path(String address) {
    return Path.of(address.replaceFirst("^file:/*", "/"));
  }
}
