package dev.weir.faults.proxy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A {@link Trigger} in wait. */
public final class Armed {
  private enum State {
    WAITING,
    TAKEN,
    SPENT
  }

  private final Trigger trigger;
  private final CompletableFuture<RoundTrip> done = new CompletableFuture<>();
  private State state = State.WAITING;
  private boolean disarmed;
  private Session only;

  Armed(Trigger trigger) {
    this.trigger = trigger;
  }

  /** From now on, for this session only. */
  synchronized void only(Session session) {
    only = session;
  }

  synchronized boolean matches(Moment moment, Session session, RoundTrip roundTrip) {
    return (only == null || only == session) && trigger.matches(moment, session, roundTrip);
  }

  /** True for one caller, whose round trip the action may now be run for. */
  synchronized boolean take() {
    if (disarmed || state != State.WAITING) {
      return false;
    }
    state = State.TAKEN;
    return true;
  }

  /** The round trip came to nothing; the next one is waited for. */
  synchronized void giveBack() {
    if (state == State.TAKEN) {
      state = State.WAITING;
    }
  }

  private synchronized boolean begin() {
    if (disarmed) {
      return false;
    }
    state = State.SPENT;
    return true;
  }

  Verdict run(Session session, RoundTrip roundTrip) {
    if (!begin()) {
      return Verdict.PASS;
    }
    try {
      Verdict verdict = trigger.action().run(session, roundTrip);
      done.complete(roundTrip);
      return verdict;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      done.completeExceptionally(e);
      return Verdict.CUT;
    } catch (Exception e) {
      done.completeExceptionally(e);
      return Verdict.CUT;
    }
  }

  /** Whether the action has begun. */
  public synchronized boolean isSpent() {
    return state == State.SPENT;
  }

  /**
   * Nothing will be done any more, unless it has begun.
   *
   * @return whether it had not begun
   */
  public synchronized boolean disarm() {
    disarmed = state != State.SPENT;
    return disarmed;
  }

  /**
   * Waits until the action has run.
   *
   * @return false if no matching round trip came in time
   * @throws IllegalStateException if the action failed
   */
  public boolean await(Duration patience) throws InterruptedException {
    try {
      RoundTrip unused = done.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "the action at " + trigger.sql() + " failed: " + e.getCause(), e.getCause());
    }
  }
}
