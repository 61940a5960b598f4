package dev.weir.faults.stage;

import dev.weir.faults.proxy.PostgresProxy;
import dev.weir.faults.proxy.Session;
import dev.weir.faults.proxy.Verdict;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stops the first session that comes to a step, right before it, until it is released. What the
 * session has sent reaches the server then even if its process can do nothing.
 */
public final class Hold implements AutoCloseable {
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile Session session;

  private Hold() {}

  public static Hold before(PostgresProxy proxy, Step step) {
    Hold hold = new Hold();
    step.before(
        proxy,
        (held, next) -> {
          hold.session = held;
          hold.reached.countDown();
          hold.released.await();
          return Verdict.PASS;
        });
    return hold;
  }

  /** Returns when a session is held. */
  public void awaitReached() throws InterruptedException {
    if (!reached.await(Stage.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("nobody came there");
    }
  }

  /** The session that is held. */
  public Session session() {
    return session;
  }

  /** Lets the session go on. */
  public void release() {
    released.countDown();
  }

  /** Holds nobody any more. */
  @Override
  public void close() {
    release();
  }
}
