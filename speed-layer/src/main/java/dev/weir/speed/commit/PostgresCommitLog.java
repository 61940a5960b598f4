package dev.weir.speed.commit;

import dev.weir.db.CubeTables;
import dev.weir.pipeline.Pipeline;
import dev.weir.speed.commit.Committable.CubeDeltas;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commit log in PostgreSQL. One transaction per commit and per claim, each with {@code
 * weir.head} locked: this compare-and-swap alone decides what is counted.
 */
final class PostgresCommitLog implements CommitLog {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresCommitLog.class);

  /** An owner not seen for so long is gone. */
  static final Duration LEASE = Duration.ofSeconds(15);

  private final DatabaseAddress address;
  private final DatabaseSession session;
  private final HeadLock headLock = new HeadLock(HeadLock.PATIENCE);
  private final ArchiveCheck archive;
  private final List<String> liveTables;
  private final String jobId;
  private final Duration lease;
  private final DayPartitions partitions;
  private Long attempt;

  PostgresCommitLog(
      DatabaseAddress address, Pipeline pipeline, URI archive, String jobId, Duration lease) {
    this.address = address;
    this.session =
        new DatabaseSession(address, SessionName.of(jobId, pipeline), Backoff.standard());
    this.archive = new ArchiveCheck(archive, Backoff.standard());
    this.partitions = new DayPartitions(session);
    this.liveTables =
        pipeline.cubes().stream().map(c -> CubeTables.of(pipeline, c).liveTable()).toList();
    this.jobId = jobId;
    this.lease = lease;
  }

  @Override
  public void commit(Committable committable) throws CommitRefusedException, InterruptedException {
    apply(committable, (connection, head) -> requireOurClaim(committable, head));
  }

  @Override
  public void recommit(Committable committable)
      throws CommitRefusedException, InterruptedException {
    Lease owner = new Lease(jobId, lease);
    apply(
        committable,
        (connection, head) -> {
          if (head.attempt() == committable.attempt()) {
            return Optional.empty();
          }
          // Claims are made after recommitting, so only another restore of the same state can have
          // come between.
          requireParent("commit " + committable, committable.parent(), connection, head);
          if (jobId.equals(head.jobId())) {
            throw Refusal.claimLost("commit " + committable, committable.attempt(), head);
          }
          return owner.await("commit " + committable, head);
        });
  }

  private void apply(Committable committable, Admission admission)
      throws CommitRefusedException, InterruptedException {
    String purpose = "commit " + committable;
    // Asked before the archive and the partitions, and again with the head locked.
    Step ask = connection -> admit(connection, Head.read(connection), committable, admission);
    if (!await(purpose, ask)) {
      return;
    }
    archive.check(committable, session::sleep);
    for (CubeDeltas deltas : committable.deltas()) {
      partitions.ensure(deltas);
    }
    Step write =
        connection -> {
          Head head = headLock.take(purpose, connection);
          Answer answer = admit(connection, head, committable, admission);
          if (answer.yes()) {
            new CommitTransaction(connection, committable, head.lastCommit() + 1).apply();
          }
          return answer;
        };
    await(purpose, write);
  }

  private static Answer admit(
      Connection connection, Head head, Committable committable, Admission admission)
      throws SQLException, CommitRefusedException {
    if (LedgerEntry.find(connection, committable.uuid()).isPresent()) {
      return Answer.DONE_BEFORE;
    }
    Optional<Duration> wait = admission.check(connection, head);
    if (wait.isPresent()) {
      return new Answer(false, wait);
    }
    requireParent("commit " + committable, committable.parent(), connection, head);
    GivenUpFiles.requireNone(connection, committable, head);
    return Answer.YES;
  }

  private Optional<Duration> requireOurClaim(Committable committable, Head head)
      throws CommitRefusedException {
    if (head.attempt() != committable.attempt()) {
      throw lost("commit " + committable, committable.attempt(), head);
    }
    return Optional.empty();
  }

  private CommitRefusedException lost(String what, long held, Head head) {
    return head.jobId() == null || head.jobId().equals(jobId)
        ? Refusal.claimLost(what, held, head)
        : Refusal.takenOver(what, held, head);
  }

  private static void requireParent(String what, UUID parent, Connection connection, Head head)
      throws SQLException, CommitRefusedException {
    if (!head.uuid().equals(parent)) {
      throw Refusal.wrongParent(
          what,
          parent,
          LedgerEntry.find(connection, parent),
          head,
          LedgerEntry.find(connection, head.uuid()));
    }
  }

  @Override
  public long claim(Claim claim) throws CommitRefusedException, InterruptedException {
    String purpose = "claim the commit log for job " + jobId;
    Lease owner = new Lease(jobId, lease);
    Step step =
        connection -> {
          Head head = headLock.take(purpose, connection);
          requireHead(purpose, claim, connection, head);
          Optional<Duration> wait = owner.await(purpose, head);
          if (wait.isPresent()) {
            return new Answer(false, wait);
          }
          attempt = claimHead(connection, claim.liveBase());
          return Answer.YES;
        };
    await(purpose, step);
    LOG.info("Job {} claimed the commit log as attempt {} on {}", jobId, attempt, claim.head());
    collectLiveRows();
    return attempt;
  }

  private static void requireHead(String purpose, Claim claim, Connection connection, Head head)
      throws SQLException, CommitRefusedException {
    if (head.uuid().equals(claim.head())) {
      return;
    }
    Optional<LedgerEntry> headCommit = LedgerEntry.find(connection, head.uuid());
    Optional<LedgerEntry> known = LedgerEntry.find(connection, claim.head());
    throw switch (claim.start()) {
      case RESTORED -> Refusal.wrongParent(purpose, claim.head(), known, head, headCommit);
      case WITHOUT_STATE -> Refusal.noState(purpose, head, headCommit);
      case TAKE_OVER -> Refusal.headMoved(purpose, claim.head(), known, head, headCommit);
    };
  }

  private long claimHead(Connection connection, long liveBase) throws SQLException {
    try (PreparedStatement claim = connection.prepareStatement(Statements.CLAIM_HEAD);
        PreparedStatement forget = connection.prepareStatement(Statements.FORGET_LIVE_WRITERS)) {
      claim.setString(1, jobId);
      claim.setLong(2, liveBase);
      long claimed;
      try (ResultSet row = claim.executeQuery()) {
        row.next();
        claimed = row.getLong("attempt");
      }
      forget.executeUpdate();
      return claimed;
    }
  }

  /**
   * Garbage only: no view shows rows of writers that are not registered, and none writes before it
   * is.
   */
  private void collectLiveRows() throws CommitRefusedException, InterruptedException {
    for (String table : liveTables) {
      AtomicBoolean tried = new AtomicBoolean();
      session.transaction(
          "delete rows of earlier writers from " + table,
          connection -> {
            try (Statement delete = connection.createStatement()) {
              if (tried.getAndSet(true)) {
                // The log is ours, so whoever is stuck belongs to an earlier attempt.
                delete.execute(Statements.END_STUCK_PREVIEWS);
              }
              delete.execute("SET LOCAL lock_timeout = '10s'");
              return delete.executeUpdate(
                  "DELETE FROM "
                      + table
                      + " WHERE writer NOT IN (SELECT writer FROM weir.live_writer)");
            }
          });
    }
  }

  @Override
  public void seen() throws CommitRefusedException, InterruptedException {
    requireChanged("show that job " + jobId + " is alive", Statements.SHOW_OWNER_ALIVE);
  }

  @Override
  public void register(UUID writer) throws CommitRefusedException, InterruptedException {
    requireChanged("register live writer " + writer, Statements.REGISTER_LIVE_WRITER, writer);
  }

  /**
   * Runs a statement that changes nothing when the claim is lost; its last parameter is the
   * attempt.
   */
  private void requireChanged(String purpose, String sql, Object... values)
      throws CommitRefusedException, InterruptedException {
    session.transaction(
        purpose,
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
              statement.setObject(i + 1, values[i]);
            }
            statement.setLong(values.length + 1, attempt);
            if (statement.executeUpdate() == 0) {
              Head head = Head.read(connection);
              if (head.attempt() != attempt) {
                throw lost(purpose, attempt, head);
              }
            }
            return null;
          }
        });
  }

  @Override
  public void release() {
    if (attempt != null) {
      // On a connection of its own: the session's may be in the middle of what was aborted.
      try (Connection connection =
              address.connect(DatabaseAddress.Timeouts.SHORT, "weir commit release");
          PreparedStatement release = connection.prepareStatement(Statements.RELEASE_HEAD)) {
        release.setLong(1, attempt);
        release.setString(2, jobId);
        release.executeUpdate();
      } catch (SQLException e) {
        LOG.info(
            "Job {} could not give its claim back; the next job waits {} s for it: {}",
            jobId,
            lease.toSeconds(),
            e.toString());
      }
    }
  }

  @Override
  public void close() {
    session.abort();
    session.disconnect();
  }

  @Override
  public void abort() {
    session.abort();
  }

  /** Repeats a step as long as it asks to wait; whether its last answer was yes. */
  private boolean await(String purpose, Step step)
      throws CommitRefusedException, InterruptedException {
    while (true) {
      Answer answer = session.transaction(purpose, step);
      if (answer.pause().isEmpty()) {
        return answer.yes();
      }
      session.sleep(answer.pause().get());
    }
  }

  private interface Step extends DatabaseSession.Work<Answer> {}

  /** Says how long to wait for the claim; empty: it is as it should be. */
  private interface Admission {
    Optional<Duration> check(Connection connection, Head head)
        throws SQLException, CommitRefusedException;
  }

  private record Answer(boolean yes, Optional<Duration> pause) {
    static final Answer YES = new Answer(true, Optional.empty());
    static final Answer DONE_BEFORE = new Answer(false, Optional.empty());
  }
}
