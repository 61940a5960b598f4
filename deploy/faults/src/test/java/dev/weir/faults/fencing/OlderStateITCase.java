package dev.weir.faults.fencing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.faults.check.TotalsPoller;
import dev.weir.faults.stage.Jobs.Ended;
import dev.weir.faults.stage.OnStage;
import dev.weir.faults.stage.Stage;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A job that is started from a savepoint after which more was committed, and its two ways out. */
@OnStage
class OlderStateITCase {
  private static final String ABOVE =
      """
      SELECT (SELECT count(*) FROM weir.ledger WHERE commit > k)
        + (SELECT count(*) FROM weir.journal WHERE commit > k)
        + (SELECT count(*) FROM weir.archive_file WHERE commit > k)
        + (SELECT count(*) FROM weir.row_digest WHERE layer = 'speed' AND tag > k)
        + (SELECT count(*) FROM weir.coverage WHERE absorbed_through > k)
        + (SELECT count(*) FROM weir.coverage_history WHERE absorbed_through > k)
      FROM (SELECT ?::bigint AS k) AS kept
      """;

  private final Stage stage;

  OlderStateITCase(Stage stage) {
    this.stage = stage;
  }

  @Test
  void isRefusedAndTheNamedCheckpointIsAcceptedAndAfterARewindTheOlderState() throws Exception {
    Older older = leaveBehind();
    Map<String, String> before = stage.database().digests();
    assertRefused(older);
    assertThat(stage.database().digests()).isEqualTo(before);

    try (TotalsPoller reader = stage.poll()) {
      stage.runtime().up();
      assertThat(stage.jobs().restoredFrom(stage.jobs().running())).isNotEqualTo(older.savepoint());
      stage.flowForCommits(1);
      stage.assertEqualsOracle();
      assertThat(reader.violations()).isEmpty();
    }

    long givenUp = stage.database().head();
    rewind(older.commit(), givenUp);
    try (TotalsPoller reader = stage.poll()) {
      stage.runtime().up();
      String job = stage.jobs().running();
      assertThat(path(stage.jobs().restoredFrom(job))).isEqualTo(path(older.savepoint()));
      stage.flowForCommits(1);
      assertThat(
              stage
                  .database()
                  .number("SELECT min(commit) FROM weir.ledger WHERE commit > ?", older.commit()))
          .as("numbers are never given twice")
          .isEqualTo(givenUp + 1);
      stage.assertEqualsOracle();
      assertThat(reader.violations()).isEmpty();
    }
    assertThat(stage.runtime().batch()).isZero();
    stage.assertEqualsOracle();
  }

  private void rewind(long commit, long head) throws InterruptedException {
    assertThat(stage.weir("rewind", Long.toString(commit)).succeed()).contains("Next: weir up");
    assertThat(stage.database().head()).isEqualTo(commit);
    assertThat(stage.database().number(ABOVE, commit)).isZero();
    assertThat(stage.database().number("SELECT last_commit FROM weir.head")).isEqualTo(head);
  }

  /**
   * A savepoint that more was committed after; no job runs.
   *
   * @param commit its own
   * @param head the last one
   * @param headCheckpoint the checkpoint of the last one
   */
  private record Older(String job, String savepoint, long commit, long head, long headCheckpoint) {}

  private Older leaveBehind() throws Exception {
    long begin = stage.database().head();
    stage.flow();
    await().atMost(Stage.PATIENCE).until(() -> stage.database().head() > begin + 1);
    String job = stage.jobs().running();
    Stage.CommittedSavepoint committed = stage.committedSavepoint(job);
    stage.settle();
    assertThat(stage.runtime().batch()).isZero();
    stage.runtime().stopJob();
    return new Older(
        job,
        committed.savepoint(),
        committed.commit(),
        stage.database().head(),
        stage
            .database()
            .number("SELECT checkpoint FROM weir.ledger JOIN weir.head USING (commit)"));
  }

  private void assertRefused(Older older) {
    String job = stage.jobs().submitFrom(older.savepoint());
    Ended refused = stage.jobs().awaitEnd(job);
    assertThat(refused.state()).isEqualTo("FAILED");
    assertThat(refused.failures()).isEqualTo(1);
    assertThat(refused.message())
        .contains("cannot claim the commit log for job " + job)
        .contains("it continues commit " + older.commit() + " (")
        .contains("but the commit log's head is commit " + older.head() + " (")
        .contains("Going on would count records twice or leave some out")
        .contains("--take-over")
        .contains(
            "Start it from checkpoint or savepoint %d of job %s"
                .formatted(older.headCheckpoint(), older.job()))
        .contains("or give the later commits up: weir rewind " + older.commit())
        .contains("removes commits %d to %d".formatted(older.commit() + 1, older.head()));
  }

  private static Path path(String address) {
    return Path.of(address.replaceFirst("^file:/*", "/"));
  }
}
