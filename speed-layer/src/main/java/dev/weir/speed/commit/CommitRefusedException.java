package dev.weir.speed.commit;

import java.util.Objects;

/**
 * The commit log does not accept a commit or a claim. The message says what happened, with which
 * values, what would be accepted, and the way out.
 */
public final class CommitRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  CommitRefusedException(Reason reason, String message) {
    super(message);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /**
   * Whether the job may simply restart: an older execution of the job lost its claim to a newer
   * one. Anything else would be refused again for ever.
   */
  public boolean recoverable() {
    return reason == Reason.CLAIM_LOST;
  }

  /** Kinds of refusal. */
  public enum Reason {
    /** The state does not continue the log's head. */
    WRONG_PARENT,
    /** A newer execution of the same job holds the claim. */
    CLAIM_LOST,
    /** Another job holds the claim. */
    OTHER_JOB,
    /** The job started without state, but the log is not empty. */
    NO_STATE,
    /** The log went on between reading the offsets of a take-over and its claim. */
    HEAD_MOVED,
    /** A file of the epoch is not in the archive, or not with its length. */
    FILE_DAMAGED
  }
}
