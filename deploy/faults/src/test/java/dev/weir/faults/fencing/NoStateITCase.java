package dev.weir.faults.fencing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.faults.stage.Jobs.Ended;
import dev.weir.faults.stage.OnStage;
import dev.weir.faults.stage.Stage;
import dev.weir.oracle.ServedCube;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A job that is started without state while the log has commits. */
@OnStage
class NoStateITCase {
  private final Stage stage;

  NoStateITCase(Stage stage) {
    this.stage = stage;
  }

  @Test
  void isRefusedAndMayTakeOverAndTheBatchLayerDropsWhatTheLostMemoryLetThrough() throws Exception {
    stage.flowForCommits(2);
    stage.settle();
    stage.runtime().stopJob();
    long head = stage.database().head();
    Map<String, String> before = stage.database().digests();

    String job = stage.jobs().submit();
    Ended refused = stage.jobs().awaitEnd(job);
    assertThat(refused.state()).isEqualTo("FAILED");
    assertThat(refused.failures()).isEqualTo(1);
    assertThat(refused.message())
        .contains("cannot claim the commit log for job " + job)
        .contains("the job starts without state, but the commit log's head is commit " + head)
        .contains("Starting from the beginning would count its records again")
        .contains("Start it from checkpoint or savepoint")
        .contains("start the job without state and with --take-over")
        .contains("weir rewind 0");
    assertThat(stage.database().digests()).isEqualTo(before);

    String successor = stage.jobs().submit("--take-over");
    long found = stage.stream().duplicates();
    stage.flow();
    await().atMost(Stage.PATIENCE).until(() -> stage.stream().duplicates() > found + 20);
    stage.settle();
    assertThat(stage.jobs().running()).isEqualTo(successor);
    long counted = stage.database().number("SELECT sum(counted) FROM weir.ledger_source");
    assertThat(counted).as("some duplicates are unknown to it").isGreaterThan(unique());
    assertThat(stage.database().shown()).isEqualTo(counted);

    assertThat(stage.runtime().batch()).isZero();
    assertThat(stage.database().shown()).isEqualTo(unique());
    assertServedEqualsTruth();
    assertThat(
            stage
                .database()
                .number("SELECT duplicates FROM weir.batch_run ORDER BY version DESC LIMIT 1"))
        .isEqualTo(counted - unique());

    // A rewind brings the memory back.
    stage.weir("rewind", Long.toString(head)).succeed();
    stage.runtime().up();
    stage.assertEqualsOracle();
  }

  private long unique() {
    return stage.stream().unique();
  }

  private void assertServedEqualsTruth() throws SQLException {
    try (Connection connection = stage.runtime().connect()) {
      assertThat(ServedCube.rows(connection, stage.runtime().pipeline().cubes().get(0).layout()))
          .isEqualTo(stage.stream().truth());
    }
  }
}
