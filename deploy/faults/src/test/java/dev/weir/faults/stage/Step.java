package dev.weir.faults.stage;

import dev.weir.faults.proxy.PostgresProxy;
import dev.weir.faults.proxy.Trigger;
import dev.weir.faults.proxy.Verdict;

/** A moment at which a session can be held. */
public enum Step {
  /** The BEGIN after a look at the log has shown that a commit may be made. */
  COMMIT_COMES("weir commit", "given up and is deleted", At.NEXT_BEGIN),
  /** The COMMIT of a flush of the live preview: all of it has been sent. */
  FLUSH_ENDS("weir live preview", "AS live \\(", At.COMMIT),
  /** A batch run takes the fence, to publish. */
  PUBLISH_BEGINS("weir batch layer", "FROM weir.batch_fence FOR UPDATE", At.STATEMENT),
  /** The COMMIT of a publication. */
  PUBLISH_ENDS("weir batch layer", "FROM weir.batch_fence FOR UPDATE", At.COMMIT);

  private enum At {
    STATEMENT,
    COMMIT,
    NEXT_BEGIN
  }

  private final String application;
  private final String statement;
  private final At at;

  Step(String application, String statement, At at) {
    this.application = application;
    this.statement = statement;
    this.at = at;
  }

  /** Does something once, right before the server hears of the next such step. */
  void before(PostgresProxy proxy, Trigger.Action action) {
    Trigger trigger = Trigger.before(statement, action).by(application);
    switch (at) {
      case STATEMENT -> proxy.arm(trigger);
      case COMMIT -> proxy.armAtCommit(trigger);
      case NEXT_BEGIN ->
          proxy.arm(
              Trigger.before(
                      statement,
                      (session, next) -> {
                        proxy.arm(Trigger.before("^BEGIN", action).of(session));
                        return Verdict.PASS;
                      })
                  .by(application));
    }
  }
}
