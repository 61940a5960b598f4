package dev.weir.faults.isolation;

import dev.weir.faults.isolation.Stepper.Place;
import dev.weir.faults.proxy.PostgresProxy;
import dev.weir.faults.proxy.RoundTrip;
import java.sql.SQLException;
import java.time.Duration;

/** One actor at work, one round trip at a time, on a thread and a way to the server of its own. */
final class Performance implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Most round trips are answered sooner; only then is the server asked for locks. */
  private static final long ANSWER_MILLIS = 5;

  private final Actor actor;
  private final Stage stage;
  private final Schedule schedule;
  private final PostgresProxy proxy;
  private final Stepper stepper = new Stepper();
  private final Thread thread;
  private State state = State.NOT_STARTED;
  private volatile Outcome outcome;
  private volatile Throwable failure;

  /** What the scheduler can do about it. */
  enum State {
    NOT_STARTED,
    READY,
    BLOCKED,
    GONE
  }

  Performance(Actor actor, Stage stage, Schedule schedule) {
    this.actor = actor;
    this.stage = stage;
    this.schedule = schedule;
    this.proxy = PostgresProxy.before(stage.serverPort());
    proxy.gate(stepper);
    this.thread = new Thread(this::perform, "actor " + actor.name());
    thread.setDaemon(true);
  }

  private void perform() {
    try {
      outcome = actor.act(stage, proxy.jdbcUrl(stage.databaseName()));
    } catch (Throwable e) {
      failure = e;
    } finally {
      stepper.gone();
    }
  }

  State state() {
    return state;
  }

  String name() {
    return actor.name();
  }

  /** Whether others see what its last round trip did; they see nothing of an open transaction. */
  boolean visible() {
    return stepper.visible();
  }

  /** How it ended; null if it was never started. */
  Outcome outcome() {
    if (failure != null) {
      throw new AssertionError("the " + actor.name() + " failed", failure);
    }
    return outcome;
  }

  /** Starts it, up to its first round trip. */
  void start() throws SQLException, InterruptedException {
    thread.start();
    settle(0);
  }

  /**
   * Lets one round trip through, and waits until the next one is there or it cannot go on.
   *
   * @param othersWaiting how many others are known to wait for a lock
   */
  void step(int othersWaiting) throws SQLException, InterruptedException {
    RoundTrip trip = stepper.release();
    schedule.released(actor.name(), trip);
    settle(othersWaiting);
  }

  /** Finds out where it is now. */
  void settle(int othersWaiting) throws SQLException, InterruptedException {
    State before = state;
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      Place place = stepper.await(ANSWER_MILLIS);
      if (place == Place.AT_GATE) {
        state = State.READY;
        return;
      }
      if (place == Place.GONE) {
        state = State.GONE;
        schedule.ended(actor.name(), failure == null ? outcome.message() : failure.toString());
        return;
      }
      if (place == Place.AT_SERVER && stage.locks().waiting() > othersWaiting) {
        if (before != State.BLOCKED) {
          schedule.blocked(actor.name());
        }
        state = State.BLOCKED;
        return;
      }
    }
    throw new AssertionError("the " + actor.name() + " has not moved for " + PATIENCE);
  }

  /** Waits until it has got the lock, which nobody is left to hold. */
  void awaitLock() throws SQLException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (state == State.BLOCKED) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "the " + actor.name() + " waits for a lock that nobody gives back");
      }
      settle(0);
    }
  }

  @Override
  public void close() {
    proxy.close();
    stepper.open();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
