package dev.weir.speed.commit;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Decides whether the owner of the claim is gone. All times are the database's, so the clocks of
 * the two jobs' machines do not matter.
 */
final class Lease {
  private final String jobId;
  private final Duration length;
  private OffsetDateTime firstSeen;
  private long firstAttempt;

  /**
   * @param jobId the job that wants to be the owner
   * @param length an owner not seen for so long is gone
   */
  Lease(String jobId, Duration length) {
    this.jobId = jobId;
    this.length = length;
  }

  /**
   * What to do about the owner: nothing (empty), if there is none, it is this job or it is gone;
   * otherwise wait so long and ask again.
   *
   * @param what for the message: completes "cannot ..."
   * @throws CommitRefusedException if another owner was seen again since the first call: it is
   *     alive
   */
  Optional<Duration> await(String what, Head head) throws CommitRefusedException {
    if (head.jobId() == null
        || head.jobId().equals(jobId)
        || head.silent().compareTo(length) >= 0) {
      return Optional.empty();
    }
    if (firstSeen == null) {
      firstSeen = head.seenAt();
      firstAttempt = head.attempt();
    } else if (!firstSeen.equals(head.seenAt()) || firstAttempt != head.attempt()) {
      throw Refusal.ownerAlive(what, head, length);
    }
    Duration rest = length.minus(head.silent());
    Duration step = length.dividedBy(10);
    return Optional.of(rest.compareTo(step) < 0 ? rest : step);
  }
}
