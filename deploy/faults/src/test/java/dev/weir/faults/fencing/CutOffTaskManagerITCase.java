package dev.weir.faults.fencing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.faults.check.TotalsPoller;
import dev.weir.faults.proxy.Armed;
import dev.weir.faults.proxy.PostgresProxy;
import dev.weir.faults.proxy.Trigger;
import dev.weir.faults.proxy.Verdict;
import dev.weir.faults.stage.Hold;
import dev.weir.faults.stage.OnStage;
import dev.weir.faults.stage.Stage;
import dev.weir.faults.stage.Step;
import dev.weir.faults.system.Processes;
import dev.weir.faults.system.StandbyTaskManager;
import dev.weir.local.part.LocalParts;
import org.junit.jupiter.api.Test;

/**
 * A TaskManager that hangs in the middle of a commit and of a live flush until another one has
 * taken its place, and then goes on.
 */
@OnStage
class CutOffTaskManagerITCase {
  /**
   * A session asks PostgreSQL to end it when it is idle inside a transaction for 30 seconds. On a
   * slow machine the other TaskManager takes longer, so a flush takes that back for its
   * transaction.
   */
  private static final String PATIENT =
      """
      CREATE FUNCTION public.be_patient() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM set_config('idle_in_transaction_session_timeout', '0', true);
        RETURN NULL;
      END $$;
      CREATE TRIGGER be_patient BEFORE INSERT ON %s EXECUTE FUNCTION public.be_patient()""";

  private static final String IMPATIENT = "DROP FUNCTION public.be_patient() CASCADE";

  private static final Trigger HEAD_LOCKED =
      Trigger.after("nobody else commits or claims", (session, done) -> Verdict.PASS);

  private static final Trigger COMMITTED =
      Trigger.after("^COMMIT", (session, done) -> Verdict.PASS);

  /** What a new execution does right after its claim. */
  private static final Trigger EARLIER_ROWS_DELETED =
      Trigger.after("^DELETE FROM .*WHERE writer NOT IN", (session, done) -> Verdict.PASS)
          .by("weir commit");

  private static final String LATE_ROWS =
      """
      SELECT (SELECT count(*) FROM %s WHERE writer NOT IN (SELECT writer FROM weir.live_writer))
      """;

  private final Stage stage;

  CutOffTaskManagerITCase(Stage stage) {
    this.stage = stage;
  }

  @Test
  void itsLateCommitAndItsLateFlushChangeNothing() throws Exception {
    PostgresProxy proxy = stage.runtime().proxy();
    String job = stage.jobs().running();
    stage.flowForCommits(2);
    stage.settle();
    stage.database().execute(PATIENT.formatted(stage.liveTable()));
    StandbyTaskManager standby = stage.runtime().standby();
    try (TotalsPoller reader = stage.poll();
        Hold commit = Hold.before(proxy, Step.COMMIT_COMES)) {
      await().atMost(Stage.PATIENCE).until(() -> stage.runtime().flink().slots() == 8);
      // No day is new, so that the next thing the commit asks for is the head.
      stage.flow(random -> 0);
      commit.awaitReached();
      try (Hold flush = Hold.before(proxy, Step.FLUSH_ENDS)) {
        flush.awaitReached();
        Armed late = proxy.arm(HEAD_LOCKED.of(commit.session()));
        long claim = stage.database().claim();
        long head = stage.database().head();
        long pid = stage.runtime().process(LocalParts.TASK_MANAGER).pid();
        Armed taken = proxy.armAtCommit(EARLIER_ROWS_DELETED);
        String made;
        Processes.signal(pid, "STOP");
        try {
          // The other one commits what this one was about to, and claims.
          await().atMost(Stage.PATIENCE).until(() -> stage.database().claim() > claim);
          assertThat(stage.database().head()).isEqualTo(head + 1);
          made = made(head + 1);
          Armed flushed = proxy.arm(COMMITTED.of(flush.session()));
          flush.release();
          assertThat(flushed.await(Stage.PATIENCE)).as("it flushes, late").isTrue();
          // Waits for the rows that the late flush has touched.
          assertThat(taken.await(Stage.PATIENCE)).as("the other one cleans up").isTrue();
          commit.release();
          assertThat(late.await(Stage.PATIENCE)).as("it asks for the head, late").isTrue();
          assertThat(made(head + 1)).as("written once").isEqualTo(made);
        } finally {
          Processes.signal(pid, "CONT");
        }
        long since = stage.database().head();
        await().atMost(Stage.PATIENCE).until(() -> stage.database().head() > since + 1);
        assertThat(stage.database().claim()).isGreaterThan(claim);
        assertThat(made(head + 1)).as("written once, now that it is awake").isEqualTo(made);
      }
      assertThat(stage.jobs().running()).isEqualTo(job);
      stage.assertEqualsOracle();
      assertThat(stage.database().shown())
          .as("without %d late rows that are still there", lateRows())
          .isEqualTo(stage.stream().unique());
      assertThat(reader.violations()).isEmpty();
    } finally {
      standby.kill();
      stage.database().execute(IMPATIENT);
    }
    stage.flowForCommits(1);
    stage.assertEqualsOracle();
  }

  /** A commit's rows in ledger and journal, and which transactions wrote them. */
  private String made(long commit) {
    return stage
        .database()
        .text(
            "SELECT concat_ws(' ', l, l.xmin, j, j.xmin) FROM weir.ledger l JOIN weir.journal j"
                + " USING (commit) WHERE commit = ?",
            commit);
  }

  private long lateRows() {
    return stage.database().number(LATE_ROWS.formatted(stage.liveTable()));
  }
}
