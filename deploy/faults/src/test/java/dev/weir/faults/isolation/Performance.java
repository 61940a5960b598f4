package dev.weir.faults.isolation;

import dev.weir.faults.isolation.Stepper.Place;
import dev.weir.faults.proxy.PostgresProxy;
import java.sql.SQLException;
import java.time.Duration;

/** One actor at work, one round trip at a time, on a thread and a way to the server of its own. */
final class Performance implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Most round trips are answered sooner; only then is the server asked for locks. */
  private static final long ANSWER_MILLIS = 5;

  private final String role;
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

  /**
   * @param role its name in this permutation
   */
  Performance(String role, Actor actor, Stage stage, Schedule schedule) {
    this.role = role;
    this.actor = actor;
    this.stage = stage;
    this.schedule = schedule;
    this.proxy = PostgresProxy.before(stage.serverPort());
    proxy.gate(stepper);
    this.thread = new Thread(this::perform, "actor " + role);
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

  String role() {
    return role;
  }

  /** Whether others see what its last round trip did; they see nothing of an open transaction. */
  boolean visible() {
    return stepper.visible();
  }

  /** How it ended; null if it was never started. */
  Outcome outcome() {
    if (failure != null) {
      throw new AssertionError("the " + role + " failed", failure);
    }
    return outcome;
  }

  /** Starts it, up to its first round trip. */
  void start() throws SQLException, InterruptedException {
    thread.start();
    settle();
  }

  /** Lets one round trip through, and waits until the next one is there or it cannot go on. */
  void step() throws SQLException, InterruptedException {
    stepper.release().ifPresent(trip -> schedule.released(role, trip));
    settle();
  }

  /** Takes note if it has got the lock it waited for, or if its session was ended. */
  void refresh() throws SQLException, InterruptedException {
    boolean stays =
        switch (state) {
          case NOT_STARTED, GONE -> true;
          case READY -> stepper.await(0) == Place.AT_GATE;
          case BLOCKED -> waits();
        };
    if (!stays) {
      settle();
    }
  }

  /** Waits until it has got the lock, if it waits for one; nobody is left to hold it. */
  void awaitLock() throws SQLException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (state == State.BLOCKED) {
      if (System.nanoTime() > end) {
        throw new AssertionError("the " + role + " waits for a lock that nobody gives back");
      }
      settle();
    }
  }

  /** Finds out where it is now. */
  private void settle() throws SQLException, InterruptedException {
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
        schedule.ended(role, failure == null ? outcome.message() : failure.toString());
        return;
      }
      if (waits()) {
        if (before != State.BLOCKED) {
          schedule.blocked(role);
        }
        state = State.BLOCKED;
        return;
      }
    }
    throw new AssertionError("the " + role + " has not moved for " + PATIENCE);
  }

  private boolean waits() throws SQLException, InterruptedException {
    return stepper.await(0) == Place.AT_SERVER && stage.locks().waits(stepper.backend());
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
