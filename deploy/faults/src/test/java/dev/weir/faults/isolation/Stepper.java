package dev.weir.faults.isolation;

import dev.weir.faults.proxy.Gate;
import dev.weir.faults.proxy.RoundTrip;
import dev.weir.faults.proxy.Session;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Holds one actor's sessions before each round trip until it is released. */
final class Stepper implements Gate {

  /** Where the actor is. */
  enum Place {
    /** In code of its own. */
    COMPUTING,
    /** Before a round trip. */
    AT_GATE,
    /** In a round trip. */
    AT_SERVER,
    /** Its work is over. */
    GONE
  }

  private Place place = Place.COMPUTING;
  private RoundTrip next;
  private Session session;
  private Session passed;
  private final Set<Session> ended = new HashSet<>();
  private final Set<Long> inTransaction = new HashSet<>();
  private boolean nextVisible;
  private boolean visible;
  private boolean open;

  @Override
  public void before(Session session, RoundTrip trip) throws InterruptedException {
    noteTransaction(session, trip);
    if (isSetting(trip)) {
      return;
    }
    synchronized (this) {
      next = trip;
      this.session = session;
      place = Place.AT_GATE;
      notifyAll();
      while (passed != session && !open && !ended.contains(session)) {
        wait();
      }
      if (passed == session) {
        passed = null;
      }
    }
  }

  @Override
  public synchronized void ended(Session session) {
    ended.add(session);
    if (session == this.session && (place == Place.AT_GATE || place == Place.AT_SERVER)) {
      // It was ended from outside: the actor hears of it and does something else.
      place = Place.COMPUTING;
    }
    notifyAll();
  }

  @Override
  public synchronized void answered(Session session, RoundTrip done) {
    if (place == Place.AT_SERVER && !isSetting(done)) {
      place = Place.COMPUTING;
      notifyAll();
    }
  }

  /** Settings of a session, and the beginning of a transaction alone, touch nothing of others. */
  private static boolean isSetting(RoundTrip trip) {
    return trip.statements().stream()
        .allMatch(sql -> sql.startsWith("SET ") || sql.startsWith("BEGIN"));
  }

  private synchronized void noteTransaction(Session session, RoundTrip trip) {
    for (String sql : trip.statements()) {
      if (sql.startsWith("BEGIN")) {
        inTransaction.add(session.number());
      } else if (sql.startsWith("COMMIT") || sql.startsWith("ROLLBACK")) {
        inTransaction.remove(session.number());
      }
    }
    nextVisible = !inTransaction.contains(session.number());
  }

  /** Whether others see what the round trip last released did: it ended its transaction. */
  synchronized boolean visible() {
    return visible;
  }

  /** The server's process for the round trip last seen. */
  synchronized int backend() {
    return session.backend();
  }

  /** Lets the round trip through that is waiting, and tells which it is; empty if none is. */
  synchronized Optional<RoundTrip> release() {
    if (place != Place.AT_GATE) {
      return Optional.empty();
    }
    passed = session;
    visible = nextVisible;
    place = Place.AT_SERVER;
    notifyAll();
    return Optional.of(next);
  }

  /** Holds nothing any more. */
  synchronized void open() {
    open = true;
    notifyAll();
  }

  synchronized void gone() {
    place = Place.GONE;
    notifyAll();
  }

  /** Where the actor is once it is at the gate or gone, or after that time. */
  synchronized Place await(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (place != Place.AT_GATE && place != Place.GONE) {
      long rest = (end - System.nanoTime()) / 1_000_000;
      if (rest <= 0) {
        break;
      }
      wait(rest);
    }
    return place;
  }
}
