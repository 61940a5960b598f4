package dev.weir.speed.commit;

import java.io.Serializable;
import java.util.UUID;

/**
 * The commit log, as the one operator that extends it sees it.
 *
 * <p>Every method but {@link #abort} is called by one thread. A database that is away or busy is
 * waited for inside the method; {@link #abort}, from another thread, ends the wait with an {@link
 * InterruptedException}.
 */
interface CommitLog {

  /**
   * Applies a committable that this execution prepared. Does nothing if it was committed before.
   *
   * @throws CommitRefusedException if it does not follow the head or the claim is lost
   */
  void commit(Committable committable) throws CommitRefusedException, InterruptedException;

  /**
   * Applies a committable found in restored state, before the claim. Does nothing if it was
   * committed before.
   *
   * @throws CommitRefusedException if it does not follow the head or another job is alive
   */
  void recommit(Committable committable) throws CommitRefusedException, InterruptedException;

  /**
   * Claims the log for this execution: from here on it alone may commit, and no live rows but those
   * of writers it registers are shown. Waits for the lease of another job that may be gone.
   *
   * @return the attempt, the number of the claim
   * @throws CommitRefusedException if the log's head is another one or another job is alive
   */
  long claim(Claim claim) throws CommitRefusedException, InterruptedException;

  /** Shows that this execution is alive. */
  void seen() throws CommitRefusedException, InterruptedException;

  /** Lets a live writer's rows be shown. */
  void register(UUID writer) throws CommitRefusedException, InterruptedException;

  /** Gives the claim back, if there is one, so that the next job need not wait; best effort. */
  void release();

  /** Frees connections. */
  void close();

  /**
   * Ends whatever another thread is waiting for; only {@link #release} and {@link #close} may
   * follow.
   */
  void abort();

  /**
   * What an execution claims.
   *
   * @param head the last commit it knows, which must be the log's head
   * @param liveBase its live rows have at least this base: the restored checkpoint, or 0
   */
  record Claim(UUID head, long liveBase, Start start) {}

  /** How an execution started. */
  enum Start {
    RESTORED,
    WITHOUT_STATE,
    TAKE_OVER
  }

  /** Opens the log in the task that runs the operator. */
  interface Factory extends Serializable {
    CommitLog open(String jobId);
  }
}
