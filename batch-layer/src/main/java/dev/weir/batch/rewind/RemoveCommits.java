package dev.weir.batch.rewind;

import dev.weir.batch.db.RunFence;
import dev.weir.batch.db.RunRefusedException;
import dev.weir.batch.db.SqlFile;
import dev.weir.batch.db.Transaction;
import dev.weir.batch.publish.FinishRun;
import dev.weir.batch.publish.Publication;
import dev.weir.batch.publish.PublishVersion;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Goes back, in one transaction: the commits after the target are gone from the ledger, the speed
 * and batch views, the manifest and the journal, and the target is the head. A reader sees all of
 * it or nothing. Files are let go of here and deleted afterwards.
 *
 * <p>With the head's row locked no commit, claim or live writer can come between, and what a writer
 * of the removed timeline sends later is refused: its attempt is over.
 */
public final class RemoveCommits {
  private static final String COMPACTED = SqlFile.read(RemoveCommits.class, "compacted-later");
  private static final String RETAINED = SqlFile.read(RemoveCommits.class, "serve-retained");
  private static final String UNCOVER = SqlFile.read(RemoveCommits.class, "uncover-hours");
  private static final String DIGESTS = SqlFile.read(RemoveCommits.class, "forget-digests");
  private static final String VERSIONS = SqlFile.read(RemoveCommits.class, "forget-versions");
  private static final String LET_GO_COMPACTED =
      SqlFile.read(RemoveCommits.class, "let-go-compacted");
  private static final String LET_GO_COMMITTED =
      SqlFile.read(RemoveCommits.class, "let-go-committed");
  private static final String UNSEAL = SqlFile.read(RemoveCommits.class, "unseal-hours");
  private static final String REMOVE = SqlFile.read(RemoveCommits.class, "remove-commits");
  private static final String LOWER = SqlFile.read(RemoveCommits.class, "lower-cubes");
  private static final String MOVE = SqlFile.read(RemoveCommits.class, "move-head");
  private static final String NOTE = SqlFile.read(RemoveCommits.class, "note-target");

  private final Connection connection;
  private final RewindTarget target;
  private final JobLease lease;

  /**
   * @param connection the one that holds the run's lock
   */
  public RemoveCommits(Connection connection, RewindTarget target, JobLease lease) {
    this.connection = connection;
    this.target = target;
    this.lease = lease;
  }

  /**
   * Does it.
   *
   * @param recomputed event hours that were recomputed through the target, all of them
   * @param run how the run is recorded, in the same transaction
   * @return how many commits were removed
   * @throws RunRefusedException if a job claimed the log, the head moved or a newer run has started
   *     meanwhile; nothing is changed then
   */
  public long remove(Publication recomputed, FinishRun run)
      throws SQLException, RunRefusedException {
    long[] removed = new long[1];
    Transaction.<RunRefusedException>run(
        connection,
        () -> {
          Transaction.limitIdleness(connection);
          requireSameHead();
          lease.requireGone();
          RunFence.hold(connection, recomputed.plan().version());
          views(recomputed);
          log(recomputed.plan().version());
          removed[0] = commits();
          run.record(connection, recomputed.plan().version());
        });
    return removed[0];
  }

  private void requireSameHead() throws SQLException, RunRefusedException {
    if (!HeadLock.take(connection).equals(target.headUuid())) {
      throw new RunRefusedException(
          "cannot rewind: the commit log's head has moved from commit "
              + target.head()
              + " during this run, so a job is at work. Stop it, then rewind; nothing was changed");
    }
  }

  private void views(Publication recomputed) throws SQLException, RunRefusedException {
    long version = recomputed.plan().version();
    Array compactedLater = compactedLater();
    new PublishVersion(connection, recomputed).flip();
    update(RETAINED, target.commit());
    update(UNCOVER, target.commit());
    RemovedRows.delete(connection, target.commit());
    update(DIGESTS, target.commit());
    update(VERSIONS, target.commit());
    update(LET_GO_COMPACTED, compactedLater, version);
  }

  private void log(long version) throws SQLException {
    update(LET_GO_COMMITTED, target.commit());
    update(UNSEAL);
    update(LOWER, target.commit());
    update(MOVE, target.commit(), target.uuid(), target.checkpoint());
    update(NOTE, target.commit(), version);
  }

  private long commits() throws SQLException {
    try (PreparedStatement remove = connection.prepareStatement(REMOVE)) {
      remove.setLong(1, target.commit());
      remove.setLong(2, target.commit());
      try (ResultSet row = remove.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private Array compactedLater() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COMPACTED)) {
      statement.setLong(1, target.commit());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getArray(1);
      }
    }
  }

  private void update(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }
}
