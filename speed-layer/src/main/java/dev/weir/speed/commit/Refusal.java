package dev.weir.speed.commit;

import dev.weir.speed.commit.CommitRefusedException.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Words for what the commit log does not accept. */
final class Refusal {
  private static final String TAKE_OVER =
      "give its state up: start the job without state and with --take-over, which goes "
          + "on from the ledger's offsets";

  private Refusal() {}

  /**
   * A committable or a state that does not continue the head.
   *
   * @param what what was to be done, completes "cannot ..."
   * @param known the commit it continues
   * @param knownCommit what became of that one; empty if the ledger does not know it
   * @param headCommit what the head was committed from; empty before the first commit
   */
  static CommitRefusedException wrongParent(
      String what,
      UUID known,
      Optional<LedgerEntry> knownCommit,
      Head head,
      Optional<LedgerEntry> headCommit) {
    return new CommitRefusedException(
        Reason.WRONG_PARENT,
        ("cannot %s: it continues %s, but the commit log's head is %s. Going on would count "
                + "records twice or leave some out. %s; or %s")
            .formatted(
                what,
                known(known, knownCommit),
                head(head, headCommit),
                accepted(headCommit),
                TAKE_OVER + wayBack(known, knownCommit, head)));
  }

  /** A newer execution of the same job holds the claim. */
  static CommitRefusedException claimLost(String what, long attempt, Head head) {
    return new CommitRefusedException(
        Reason.CLAIM_LOST,
        ("cannot %s: this execution holds claim %d, but claim %d was made since%s. What "
                + "comes late changes nothing; the job restarts and asks again")
            .formatted(
                what,
                attempt,
                head.attempt(),
                head.jobId() == null ? ", by an execution that gave it back or by a rewind" : ""));
  }

  /** Another job took the claim while this one was running. */
  static CommitRefusedException takenOver(String what, long attempt, Head head) {
    return new CommitRefusedException(
        Reason.OTHER_JOB,
        ("cannot %s: this job holds claim %d, but job %s has made claim %d since and owns "
                + "the commit log now. Two jobs must not extend one log: cancel this one, or cancel "
                + "job %s and start this one from that job's last checkpoint")
            .formatted(what, attempt, head.jobId(), head.attempt(), head.jobId()));
  }

  /** Another job is alive. */
  static CommitRefusedException ownerAlive(String what, Head head, Duration lease) {
    return new CommitRefusedException(
        Reason.OTHER_JOB,
        ("cannot %s: job %s holds it with claim %d and is alive, last seen at %s. Two jobs "
                + "must not extend one log. Cancel job %s, then start this one from that job's last "
                + "checkpoint; a job that was killed counts as gone when it was not seen for %d s")
            .formatted(
                what,
                head.jobId(),
                head.attempt(),
                head.seenAt(),
                head.jobId(),
                lease.toSeconds()));
  }

  /**
   * Another job's session has the head locked, and nothing has come from its client for a while.
   */
  static CommitRefusedException headLocked(
      String what, String job, HeadHolder holder, Duration patience) {
    return new CommitRefusedException(
        Reason.OTHER_JOB,
        ("cannot %s: job %s is in the middle of a commit, which keeps the commit log's head locked,"
                + " and its client has sent nothing for %d s or more: %s. Its TaskManager hangs or"
                + " was cut off. Another job's commit is not ended from here. If job %s is to go on,"
                + " do not start this one: the next execution of job %s ends the session. Otherwise"
                + " cancel it and end that TaskManager, or the session: SELECT"
                + " pg_terminate_backend(%d); then start this job again. What is counted stays right"
                + " either way")
            .formatted(what, job, patience.toSeconds(), holder, job, job, holder.pid()));
  }

  /** A start without state on a log that is not empty. */
  static CommitRefusedException noState(String what, Head head, Optional<LedgerEntry> headCommit) {
    return new CommitRefusedException(
        Reason.NO_STATE,
        ("cannot %s: the job starts without state, but the commit log's head is %s. "
                + "Starting from the beginning would count its records again. %s; or %s")
            .formatted(
                what,
                head(head, headCommit),
                accepted(headCommit),
                TAKE_OVER + wayBack(Committable.NONE, Optional.empty(), head)));
  }

  /** The log went on since a take-over read its offsets. */
  static CommitRefusedException headMoved(
      String what,
      UUID expected,
      Optional<LedgerEntry> expectedCommit,
      Head head,
      Optional<LedgerEntry> headCommit) {
    return new CommitRefusedException(
        Reason.HEAD_MOVED,
        ("cannot %s: --take-over read its offsets when the head was %s, but now it is %s. "
                + "Submit the job with --take-over once more%s")
            .formatted(
                what,
                known(expected, expectedCommit),
                head(head, headCommit),
                wayBack(expected, expectedCommit, head)));
  }

  /** A state of a commit that a rewind removed, with its files. */
  static CommitRefusedException givenUp(
      String what, String file, Head head, Optional<LedgerEntry> headCommit) {
    return new CommitRefusedException(
        Reason.FILE_DAMAGED,
        ("cannot %s: a rewind has removed that commit, and its archive file %s is being "
                + "deleted. The commit log's head is %s. %s; or %s")
            .formatted(what, file, head(head, headCommit), accepted(headCommit), TAKE_OVER));
  }

  private static String known(UUID uuid, Optional<LedgerEntry> entry) {
    if (uuid.equals(Committable.NONE)) {
      return "the empty log";
    }
    return entry
        .map(
            e ->
                "commit "
                    + e.commit()
                    + " ("
                    + uuid
                    + ", checkpoint "
                    + e.checkpoint()
                    + " of job "
                    + e.jobId()
                    + ")")
        .orElse(
            uuid
                + ", which the ledger does not know (it is another database's, or a rewind has"
                + " removed it)");
  }

  private static String head(Head head, Optional<LedgerEntry> entry) {
    return known(head.uuid(), entry);
  }

  /** Named where the ledger knows the commit that the state continues; else there is none. */
  private static String wayBack(UUID known, Optional<LedgerEntry> knownCommit, Head head) {
    if (knownCommit.isEmpty() && !known.equals(Committable.NONE)) {
      return "";
    }
    long kept = knownCommit.map(LedgerEntry::commit).orElse(0L);
    String removed =
        kept + 1 == head.commit()
            ? "commit " + head.commit()
            : "commits " + (kept + 1) + " to " + head.commit();
    return ("; or give the later commits up: weir rewind %d (batch job: rewind --commit %d), which"
            + " removes %s")
        .formatted(kept, kept, removed);
  }

  private static String accepted(Optional<LedgerEntry> headCommit) {
    return headCommit
        .map(
            e ->
                ("Start it from checkpoint or savepoint %d of job %s, or from a later one of that "
                        + "job after which nothing was committed")
                    .formatted(e.checkpoint(), e.jobId()))
        .orElse("Start it without state");
  }
}
