package dev.weir.local.endtoend;

import dev.weir.oracle.ServedCube;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A reader that asks for the total again and again while events flow and batch versions are
 * published: it must never go backwards and never exceed what was produced.
 */
final class TotalsWatcher implements AutoCloseable {

  /** It leaves some of the machine to what it watches. */
  private static final long PAUSE_MILLIS = 50;

  private final WeirCommand weir;
  private final Thread thread = new Thread(this::watch, "totals-watcher");
  private final List<String> violations = new ArrayList<>();
  private volatile boolean closed;
  private final AtomicLong polls = new AtomicLong();
  private final long most;

  TotalsWatcher(WeirCommand weir, long most) {
    this.weir = weir;
    this.most = most;
    thread.start();
  }

  private void watch() {
    long last = 0;
    try (Connection connection = weir.connect()) {
      while (!closed) {
        long total = ServedCube.events(connection, "clicks");
        polls.incrementAndGet();
        if (total < last || total > most) {
          violations.add("saw " + total + " after " + last + ", of at most " + most);
        }
        last = total;
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      violations.add("could not query: " + e.getMessage());
    }
  }

  long polls() {
    return polls.get();
  }

  /** Ends the watch and returns what it found wrong. */
  List<String> violations() {
    close();
    return violations;
  }

  @Override
  public void close() {
    closed = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
