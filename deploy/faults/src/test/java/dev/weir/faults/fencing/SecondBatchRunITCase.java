package dev.weir.faults.fencing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.faults.check.TotalsPoller;
import dev.weir.faults.stage.Command;
import dev.weir.faults.stage.Hold;
import dev.weir.faults.stage.OnStage;
import dev.weir.faults.stage.Stage;
import dev.weir.faults.stage.Step;
import dev.weir.faults.system.Processes;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two runs of the batch layer at once, and a run that hangs, is replaced and wakes up. */
@OnStage
class SecondBatchRunITCase {
  private static final String STATE = "SELECT state FROM weir.batch_run WHERE version = ?";
  private static final String LAST = "SELECT max(version) FROM weir.batch_run";

  private final Stage stage;

  SecondBatchRunITCase(Stage stage) {
    this.stage = stage;
  }

  @Test
  void theSecondIsRefusedAndTheOneThatHangsCanBeReplacedAndWakesUpInVain() throws Exception {
    stage.flowForCommits(2);
    stage.settle();
    try (TotalsPoller reader = stage.poll();
        Hold publish = Hold.before(stage.runtime().proxy(), Step.PUBLISH_BEGINS)) {
      Command hanging = stage.weir("batch");
      publish.awaitReached();
      long version = stage.database().number(LAST);
      Map<String, String> before = stage.database().digests();

      Command.Outcome second = stage.weir("batch").outcome();
      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(second.output())
          .contains("another run of the batch layer is at work")
          .contains("version " + version)
          .contains("--replace");
      assertThat(stage.database().digests()).isEqualTo(before);

      ProcessHandle driver = hanging.driver().orElseThrow();
      Processes.signal(driver.pid(), "STOP");
      try {
        stage.weir("batch", "--replace").succeed();
        assertThat(stage.database().number(LAST)).isEqualTo(version + 1);
        assertThat(stage.database().text(STATE, version)).isEqualTo("replaced");
        assertThat(stage.database().text(STATE, version + 1)).isEqualTo("published");
        stage.assertEqualsOracle();
        before = stage.database().digests();
        publish.release();
      } finally {
        Processes.signal(driver.pid(), "CONT");
      }
      Command.Outcome woken = hanging.outcome();
      assertThat(woken.exitCode()).isEqualTo(1);
      assertThat(woken.output())
          .contains(
              "run %d was replaced by run %d (run, started at".formatted(version, version + 1))
          .contains("It has published nothing and changes nothing any more");
      assertThat(stage.database().digests()).isEqualTo(before);
      assertThat(reader.violations()).isEmpty();
    }
    stage.assertEqualsOracle();
  }
}
