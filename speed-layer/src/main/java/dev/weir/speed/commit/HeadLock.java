package dev.weir.speed.commit;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the head's lock, however long it is held by a session that is at work, but not from one
 * whose client is frozen in the middle of a COPY: no time limit of the server reaches that one.
 *
 * <p>Who holds the lock is looked at each time it was not granted in time. A session that waited
 * for its client at two looks and has received nothing between them is frozen: an earlier one of
 * this job is ended, another job's is left alone and named.
 */
final class HeadLock {
  private static final Logger LOG = LoggerFactory.getLogger(HeadLock.class);
  private static final String NOT_GRANTED_IN_TIME = "55P03";

  /** A client that is at work sends something more often than that. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Duration patience;

  /**
   * @param patience how long the lock is waited for before somebody looks who holds it
   */
  HeadLock(Duration patience) {
    this.patience = patience;
  }

  /**
   * Reads the head and keeps everybody else from changing it until the transaction ends. What the
   * transaction did before may be rolled back.
   *
   * @param purpose what the lock is for: completes the sentence "cannot ..."
   * @throws CommitRefusedException if a frozen session of another job holds it
   */
  Head take(String purpose, Connection connection) throws SQLException, CommitRefusedException {
    Optional<HeadHolder> earlier = Optional.empty();
    while (true) {
      try {
        return Head.lock(connection, patience);
      } catch (SQLException e) {
        if (!NOT_GRANTED_IN_TIME.equals(e.getSQLState())) {
          throw e;
        }
      }
      connection.rollback();
      Optional<HeadHolder> holder = HeadHolder.find(connection);
      if (holder.isPresent()) {
        look(purpose, connection, holder.get(), earlier);
      }
      // What is known of other sessions is kept in a transaction: the next look needs another one.
      connection.rollback();
      earlier = holder;
    }
  }

  private void look(
      String purpose, Connection connection, HeadHolder holder, Optional<HeadHolder> earlier)
      throws SQLException, CommitRefusedException {
    boolean frozen = holder.isFrozenSince(earlier);
    if (frozen && holder.sameJob() && holder.end(connection)) {
      LOG.warn(
          "Ended {}: it had the commit log's head locked, and its client has said nothing in the"
              + " middle of a statement for {} s or more. It is one of this job, whose process hangs"
              + " or was cut off. Nothing of its transaction was stored; this execution goes on: {}",
          holder,
          patience.toSeconds(),
          purpose);
      return;
    }
    Optional<String> job = SessionName.jobOf(holder.application());
    if (frozen && !holder.sameJob() && job.isPresent()) {
      throw Refusal.headLocked(purpose, job.get(), holder, patience);
    }
    LOG.warn(
        "Waiting for the commit log's head, to {}: it is locked by {}. If that hangs, end it: SELECT"
            + " pg_terminate_backend({})",
        purpose,
        holder,
        holder.pid());
  }
}
