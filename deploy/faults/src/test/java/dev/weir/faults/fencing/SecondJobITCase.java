package dev.weir.faults.fencing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.faults.check.TotalsPoller;
import dev.weir.faults.stage.Jobs.Ended;
import dev.weir.faults.stage.OnStage;
import dev.weir.faults.stage.Stage;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Jobs of the same pipeline that are started while one runs. */
@OnStage
class SecondJobITCase {
  private final Stage stage;

  SecondJobITCase(Stage stage) {
    this.stage = stage;
  }

  @Test
  void aSecondCopyIsRefusedForGood() throws Exception {
    stage.flowForCommits(2);
    stage.settle();
    String owner = stage.jobs().running();
    long claim = stage.database().claim();
    String state = stage.jobs().savepoint(owner);
    Map<String, String> before = stage.database().digests();

    String restored = stage.jobs().submitFrom(state);
    Ended refused = stage.jobs().awaitEnd(restored);
    assertThat(refused.state()).isEqualTo("FAILED");
    assertThat(refused.failures()).isEqualTo(1);
    assertThat(refused.message())
        .contains("cannot claim the commit log for job " + restored)
        .contains("job " + owner + " holds it with claim " + claim + " and is alive")
        .contains("Two jobs must not extend one log")
        .contains("Cancel job " + owner + ", then start this one from that job's last checkpoint");

    String fresh = stage.jobs().submit();
    refused = stage.jobs().awaitEnd(fresh);
    assertThat(refused.state()).isEqualTo("FAILED");
    assertThat(refused.failures()).isEqualTo(1);
    assertThat(refused.message())
        .contains("cannot claim the commit log for job " + fresh)
        .contains("the job starts without state, but the commit log's head is commit")
        .contains("of job " + owner);

    String takingOver = stage.jobs().submit("--take-over");
    refused = stage.jobs().awaitEnd(takingOver);
    assertThat(refused.state()).isEqualTo("FAILED");
    assertThat(refused.failures()).isEqualTo(1);
    assertThat(refused.message()).contains("job " + owner + " holds it").contains("is alive");

    assertThat(stage.database().digests()).isEqualTo(before);
    try (TotalsPoller reader = stage.poll()) {
      stage.flowForCommits(1);
      stage.assertEqualsOracle();
      assertThat(reader.violations()).isEmpty();
    }
    assertThat(stage.jobs().running()).isEqualTo(owner);
    assertThat(stage.jobs().state(restored)).isEqualTo("FAILED");
  }

  @Test
  void theWayOutIsToEndTheFirstAndToStartTheSecondFromItsLastCheckpoint() throws Exception {
    stage.flowForCommits(2);
    String first = stage.jobs().running();
    long claim = stage.database().claim();
    try (TotalsPoller reader = stage.poll()) {
      stage.flow();
      stage.runtime().flink().cancel(first);
      assertThat(stage.jobs().awaitEnd(first).state()).isEqualTo("CANCELED");
      String second = stage.jobs().submitFrom(stage.jobs().lastCheckpoint(first));
      stage.flowForCommits(2);
      assertThat(stage.jobs().running()).isEqualTo(second);
      assertThat(stage.database().claim()).isGreaterThan(claim);
      stage.assertEqualsOracle();
      assertThat(reader.violations()).isEmpty();
    }
  }
}
