package dev.weir.speed.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.db.CubeTables;
import dev.weir.speed.commit.CommitLog.Claim;
import dev.weir.speed.commit.CommitLog.Start;
import dev.weir.speed.commit.CommitRefusedException.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * A commit whose client says nothing more in the middle of its COPY, with the head locked: its
 * process hangs, but its connection stands.
 */
class FrozenCommitITCase {
  /** What is enough on a machine that is busy with other things. */
  private static final Duration BOUND = Duration.ofMinutes(1);

  @TempDir private Path archive;
  private CommitLogFixture fixture;
  private PostgresCommitLog earlier;
  private Committable one;
  private Committable two;
  private Connection frozen;
  private CopyIn copy;

  @BeforeEach
  void freezeInTheMiddleOfTheSecondCommit() throws Exception {
    fixture = new CommitLogFixture(archive);
    earlier = fixture.owner("first", Committable.NONE);
    one = fixture.committable("first", Committable.NONE, 1);
    two = fixture.committable("first", one.uuid(), 2);
    earlier.commit(one);
    frozen =
        fixture
            .address()
            .connect(DatabaseAddress.Timeouts.COMMIT, SessionName.of("first", fixture.pipeline));
    frozen.setAutoCommit(false);
    assertThat(Head.lock(frozen, BOUND).commit()).isEqualTo(1);
    try (PreparedStatement ledger = frozen.prepareStatement(Statements.INSERT_LEDGER)) {
      ledger.setLong(1, 2);
      ledger.setObject(2, two.uuid());
      ledger.setObject(3, two.parent());
      ledger.setLong(4, two.attempt());
      ledger.setString(5, two.jobId());
      ledger.setLong(6, two.checkpoint());
      ledger.setObject(7, null);
      ledger.setObject(8, null);
      ledger.executeUpdate();
    }
    String table = CubeTables.of(fixture.pipeline, fixture.pipeline.cubes().get(0)).speedTable();
    copy = frozen.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + table + " FROM STDIN");
    byte[] half = "2\thalf of a row".getBytes(StandardCharsets.US_ASCII);
    copy.writeToCopy(half, 0, half.length);
    copy.flushCopy();
  }

  @AfterEach
  void dropDatabase() throws SQLException {
    frozen.abort(Runnable::run);
    fixture.close();
  }

  @Test
  void theNextExecutionOfTheJobEndsItAndCommits() throws Exception {
    PostgresCommitLog next = fixture.job("first");
    long start = System.nanoTime();
    next.recommit(two);
    assertThat(next.claim(new Claim(two.uuid(), 2, Start.RESTORED))).isEqualTo(2);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
    assertEachCommitIsThereOnce();

    // It wakes up.
    assertThatThrownBy(copy::endCopy).isInstanceOf(SQLException.class);
    earlier.commit(two);
    Committable late = fixture.committable("first", two.uuid(), 1, 3);
    assertThatExceptionOfType(CommitRefusedException.class)
        .isThrownBy(() -> earlier.commit(late))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.CLAIM_LOST));
    assertEachCommitIsThereOnce();
  }

  @Test
  void anotherJobLeavesItAloneAndNamesIt() throws Exception {
    int pid = frozen.unwrap(PGConnection.class).getBackendPID();
    PostgresCommitLog other = fixture.job("other");
    assertThatExceptionOfType(CommitRefusedException.class)
        .isThrownBy(() -> other.claim(new Claim(one.uuid(), 1, Start.RESTORED)))
        .withMessageMatching(
            ("cannot claim the commit log for job other: job first is in the middle of a commit,"
                    + " which keeps the commit log's head locked, and its client has sent nothing for"
                    + " 10 s or more: session %d \\(weir commit first web\\), in a transaction since"
                    + " 20[0-9:.TZ-]+\\. Its TaskManager hangs or was cut off\\. Another job's commit"
                    + " is not ended from here\\. If job first is to go on, do not start this one: the"
                    + " next execution of job first ends the session\\. Otherwise cancel it and end"
                    + " that TaskManager, or the session: SELECT pg_terminate_backend\\(%d\\); then"
                    + " start this job again\\. What is counted stays right either way")
                .formatted(pid, pid))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.OTHER_JOB))
        .satisfies(e -> assertThat(e.recoverable()).isFalse());
    assertThat(
            fixture.database.query(
                "SELECT state || ' ' || wait_event FROM pg_stat_activity WHERE pid = " + pid))
        .isEqualTo("active ClientRead");
    assertThat(fixture.attempt()).isEqualTo(1);

    // What the message advises; then the claim waits until the owner's lease is over.
    fixture.database.execute("SELECT pg_terminate_backend(" + pid + ")");
    PostgresCommitLog again = fixture.job("other", Duration.ofSeconds(2));
    again.recommit(two);
    assertThat(again.claim(new Claim(two.uuid(), 2, Start.RESTORED))).isEqualTo(2);
    assertEachCommitIsThereOnce();
  }

  private void assertEachCommitIsThereOnce() throws Exception {
    assertThat(fixture.head()).isEqualTo("2 " + two.uuid() + " 2 2");
    assertThat(
            fixture.database.query(
                "SELECT string_agg(commit || ' ' || uuid, ', ' ORDER BY 1)" + " FROM weir.ledger"))
        .isEqualTo("1 " + one.uuid() + ", 2 " + two.uuid());
    for (int cube = 0; cube < 2; cube++) {
      for (int commit = 1; commit <= 2; commit++) {
        assertThat(fixture.speedRows(cube, commit))
            .isEqualTo(new SampleEpoch(fixture.pipeline, commit, 100).rows(cube));
      }
    }
  }
}
