package dev.weir.speed.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.db.CubeTables;
import dev.weir.speed.commit.CommitLog.Claim;
import dev.weir.speed.commit.CommitLog.Start;
import dev.weir.speed.commit.CommitRefusedException.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Who may extend the log. */
class ClaimITCase {
  private static final String WAY_OUT =
      " Start it from checkpoint or savepoint 2 of job first, or from a later one of that job after"
          + " which nothing was committed; or give its state up: start the job without state "
          + "and with"
          + " --take-over, which goes on from the ledger's offsets; or give the later commits up: weir"
          + " rewind ";
  private static final String HEAD =
      "commit 2 (00000000-0000-0063-0000-000000000002, checkpoint 2 of job first)";

  @TempDir private Path archive;
  private CommitLogFixture fixture;
  private PostgresCommitLog first;
  private Committable one;
  private Committable two;

  @BeforeEach
  void twoCommits() throws Exception {
    fixture = new CommitLogFixture(archive);
    first = fixture.owner("first", Committable.NONE);
    one = fixture.committable("first", Committable.NONE, 1);
    two = fixture.committable("first", one.uuid(), 2);
    first.commit(one);
    first.commit(two);
  }

  @AfterEach
  void dropDatabase() {
    fixture.close();
  }

  private static ThrowableAssertAlternative<CommitRefusedException> assertRefused(
      Reason reason, ThrowingCallable call) {
    return assertThatExceptionOfType(CommitRefusedException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private void giveBack() {
    first.release();
    assertThat(fixture.database.query("SELECT job_id FROM weir.head")).isNull();
  }

  private void lapse() {
    fixture.database.execute("UPDATE weir.head SET seen_at = clock_timestamp() - interval '11 s'");
  }

  @Test
  void aNewerExecutionOfTheJobTakesTheClaimFromTheOlder() throws Exception {
    PostgresCommitLog newer = fixture.job("first");
    assertThat(newer.claim(new Claim(two.uuid(), 2, Start.RESTORED))).isEqualTo(2);
    Committable three = fixture.committable("first", two.uuid(), 1, 3);
    assertRefused(Reason.CLAIM_LOST, () -> first.commit(three))
        .withMessage(
            "cannot commit the epoch of checkpoint 3 of job first"
                + " (00000000-0000-0063-0000-000000000003): this execution holds claim 1, but claim 2"
                + " was made since. What comes late changes nothing; the job restarts and asks again")
        .satisfies(e -> assertThat(e.recoverable()).isTrue());
    assertRefused(Reason.CLAIM_LOST, first::seen);
    assertRefused(Reason.CLAIM_LOST, () -> first.register(new UUID(1, 1)));
    newer.register(new UUID(1, 2));
    assertThat(fixture.database.query("SELECT string_agg(writer::text, ' ') FROM weir.live_writer"))
        .isEqualTo(new UUID(1, 2).toString());
    newer.commit(fixture.committable("first", two.uuid(), 2, 3));
    assertThat(fixture.head()).startsWith("3 ");
  }

  @Test
  void aClaimForgetsLiveWritersAndSetsTheLiveBase() throws Exception {
    UUID writer = new UUID(1, 1);
    first.register(writer);
    first.register(writer);
    fixture.database.execute(liveRow(writer));
    fixture.job("first").claim(new Claim(two.uuid(), 7, Start.RESTORED));
    assertThat(fixture.database.queryLong("SELECT count(*) FROM weir.live_writer")).isZero();
    assertThat(fixture.database.queryLong("SELECT count(*) FROM live." + table())).isZero();
    assertThat(fixture.database.queryLong("SELECT live_base FROM weir.head")).isEqualTo(7);
  }

  @Test
  void aPreviewThatWasCutOffInTheMiddleOfACopyDoesNotHoldTheClaimUp() throws Exception {
    UUID writer = new UUID(1, 1);
    fixture.database.execute(liveRow(writer));
    Connection cutOff =
        fixture.address().connect(DatabaseAddress.Timeouts.SHORT, "weir live preview");
    try {
      cutOff.setAutoCommit(false);
      try (Statement statement = cutOff.createStatement()) {
        statement.execute("DELETE FROM live." + table());
        statement.execute("CREATE TEMPORARY TABLE staged (text text)");
      }
      CopyIn copy = cutOff.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY staged FROM STDIN");
      copy.writeToCopy("half of a row".getBytes(StandardCharsets.UTF_8), 0, 13);
      copy.flushCopy();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () ->
                  fixture.database.queryLong(
                          "SELECT count(*) FROM pg_stat_activity WHERE application_name ="
                              + " 'weir live preview' AND datname = current_database()"
                              + " AND xact_start < clock_timestamp() - interval '5 s'")
                      == 1);
      fixture.job("first").claim(new Claim(two.uuid(), 7, Start.RESTORED));
      assertThat(fixture.database.queryLong("SELECT count(*) FROM live." + table())).isZero();
      assertThatThrownBy(copy::endCopy).isInstanceOf(SQLException.class);
    } finally {
      cutOff.abort(Runnable::run);
    }
  }

  private String liveRow(UUID writer) {
    return "INSERT INTO live."
        + table()
        + " (writer, base, seq, series, event_hour, bucket, event_count, value_count, value_sum)"
        + " VALUES ('"
        + writer
        + "', 2, 1, '"
        + writer
        + "', now(), now(), 1, 0, 0)";
  }

  private String table() {
    return CubeTables.of(fixture.pipeline, fixture.pipeline.cubes().get(0)).name();
  }

  @Test
  void anOlderStateIsRefused() {
    giveBack();
    assertRefused(
            Reason.WRONG_PARENT,
            () -> fixture.job("other").claim(new Claim(one.uuid(), 1, Start.RESTORED)))
        .withMessage(
            "cannot claim the commit log for job other: it continues commit 1"
                + " (00000000-0000-0063-0000-000000000001, checkpoint 1 of job first), but the commit"
                + " log's head is "
                + HEAD
                + ". Going on would count records twice or leave some out."
                + WAY_OUT
                + "1 (batch job: rewind --commit 1), which removes commit 2")
        .satisfies(e -> assertThat(e.recoverable()).isFalse());
  }

  @Test
  void aStateFromAnotherDatabaseIsRefused() {
    giveBack();
    assertRefused(
            Reason.WRONG_PARENT,
            () -> fixture.job("other").claim(new Claim(new UUID(5, 5), 1, Start.RESTORED)))
        .withMessageContaining(
            "it continues 00000000-0000-0005-0000-000000000005, which the ledger does not know (it"
                + " is another database's, or a rewind has removed it), but")
        .withMessageEndingWith("which goes on from the ledger's offsets");
  }

  @Test
  void aStartWithoutStateIsRefusedUnlessTheLogIsEmpty() {
    giveBack();
    assertRefused(
            Reason.NO_STATE,
            () -> fixture.job("other").claim(new Claim(Committable.NONE, 0, Start.WITHOUT_STATE)))
        .withMessage(
            "cannot claim the commit log for job other: the job starts without state, but the "
                + "commit"
                + " log's head is "
                + HEAD
                + ". Starting from the beginning would count its records"
                + " again."
                + WAY_OUT
                + "0 (batch job: rewind --commit 0), which removes commits 1 to 2");
  }

  @Test
  void aTakeOverGoesOnFromTheHead() throws Exception {
    giveBack();
    UUID head = CommitLogReader.startingPoint(fixture.address()).head();
    PostgresCommitLog other = fixture.job("other");
    assertThat(other.claim(new Claim(head, 0, Start.TAKE_OVER))).isEqualTo(2);
    assertThat(fixture.database.queryLong("SELECT live_base FROM weir.head")).isZero();
    // Its checkpoints count from one again.
    other.commit(fixture.committable("other", head, 2, 3));
    assertThat(fixture.head()).startsWith("3 ");
  }

  @Test
  void aTakeOverIsRefusedIfTheLogWentOn() {
    giveBack();
    assertRefused(
            Reason.HEAD_MOVED,
            () -> fixture.job("other").claim(new Claim(one.uuid(), 0, Start.TAKE_OVER)))
        .withMessage(
            "cannot claim the commit log for job other: --take-over read its offsets when the "
                + "head was"
                + " commit 1 (00000000-0000-0063-0000-000000000001, checkpoint 1 of job first), but "
                + "now"
                + " it is "
                + HEAD
                + ". Submit the job with --take-over once more; or give the later commits up: weir"
                + " rewind 1 (batch job: rewind --commit 1), which removes commit 2");
  }

  @Test
  void aSecondJobIsRefusedWhileTheOwnerIsAlive() {
    PostgresCommitLog other = fixture.job("other");
    CompletableFuture<Throwable> refusal = new CompletableFuture<>();
    Thread task =
        new Thread(
            () -> {
              try {
                other.claim(new Claim(two.uuid(), 2, Start.RESTORED));
                refusal.complete(null);
              } catch (CommitRefusedException | InterruptedException | RuntimeException e) {
                refusal.complete(e);
              }
            });
    task.start();
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              first.seen();
              return refusal.isDone();
            });
    assertThat(refusal.join())
        .isInstanceOf(CommitRefusedException.class)
        .hasMessageStartingWith(
            "cannot claim the commit log for job other: job first holds it with claim 1 and is "
                + "alive,"
                + " last seen at ")
        .hasMessageEndingWith(
            ". Two jobs must not extend one log. Cancel job first, then start this one from that"
                + " job's last checkpoint; a job that was killed counts as gone when it was not seen "
                + "for"
                + " 10 s");
    assertThat(fixture.attempt()).isEqualTo(1);
  }

  @Test
  void aCleanReleaseNeedsNoWait() throws Exception {
    giveBack();
    assertThat(fixture.job("other").claim(new Claim(two.uuid(), 2, Start.RESTORED))).isEqualTo(2);
  }

  @Test
  void anOwnerNotSeenForTheLeaseIsGone() throws Exception {
    lapse();
    PostgresCommitLog other = fixture.job("other");
    other.claim(new Claim(two.uuid(), 2, Start.RESTORED));
    Committable three = fixture.committable("first", two.uuid(), 1, 3);
    assertRefused(Reason.OTHER_JOB, () -> first.commit(three))
        .withMessageEndingWith(
            ": this job holds claim 1, but job other has made claim 2 since and owns the commit log"
                + " now. Two jobs must not extend one log: cancel this one, or cancel job other and"
                + " start this one from that job's last checkpoint");
    first.release();
    assertThat(fixture.database.query("SELECT job_id FROM weir.head")).isEqualTo("other");
  }

  @Test
  void whatAnExecutionPreparedIsCommittedByTheNext() throws Exception {
    Committable three = fixture.committable("first", two.uuid(), 3);
    PostgresCommitLog next = fixture.job("first");
    next.recommit(three);
    next.claim(new Claim(three.uuid(), 3, Start.RESTORED));
    PostgresCommitLog afterNext = fixture.job("first");
    afterNext.recommit(three);
    afterNext.claim(new Claim(three.uuid(), 3, Start.RESTORED));
    assertThat(fixture.head()).isEqualTo("3 " + three.uuid() + " 3 3");
  }

  @Test
  void aSavepointMayBeCommittedByAnotherJobOnceTheOwnerIsGone() throws Exception {
    Committable three = fixture.committable("first", two.uuid(), 3);
    // The job went on under a newer claim, but committed nothing more.
    fixture.job("first").claim(new Claim(two.uuid(), 2, Start.RESTORED));
    lapse();
    // Its own commit makes the owner seem alive for another lease.
    PostgresCommitLog other = fixture.job("other", Duration.ofSeconds(2));
    other.recommit(three);
    other.claim(new Claim(three.uuid(), 3, Start.RESTORED));
    assertThat(fixture.head()).isEqualTo("3 " + three.uuid() + " 3 3");
  }

  @Test
  void aSavepointThatTheJobWentPastIsRefused() throws Exception {
    Committable branch = fixture.committable("first", one.uuid(), 3);
    giveBack();
    assertRefused(Reason.WRONG_PARENT, () -> fixture.job("other").recommit(branch))
        .withMessageStartingWith(
            "cannot commit the epoch of checkpoint 3 of job first"
                + " (00000000-0000-0063-0000-000000000003): it continues commit 1 ");
  }
}
