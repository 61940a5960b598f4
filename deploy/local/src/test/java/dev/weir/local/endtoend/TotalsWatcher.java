package dev.weir.local.endtoend;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A reader that asks for the total all the time while events flow and batch versions are published:
 * it must never go backwards and never exceed what was produced.
 */
final class TotalsWatcher implements AutoCloseable {

  private final WeirCommand weir;
  private final Thread thread = new Thread(this::watch, "totals-watcher");
  private final List<String> violations = new ArrayList<>();
  private volatile boolean closed;
  private volatile long most;
  private volatile long polls;

  TotalsWatcher(WeirCommand weir, long most) {
    this.weir = weir;
    this.most = most;
    thread.start();
  }

  /** From now on up to this many events may be seen. */
  void allow(long events) {
    most = events;
  }

  private void watch() {
    long last = 0;
    try (Connection connection = weir.connect()) {
      while (!closed) {
        long total = ServedCube.events(connection, "clicks");
        polls++;
        if (total < last || total > most) {
          violations.add("saw " + total + " after " + last + ", of at most " + most);
        }
        last = total;
      }
    } catch (SQLException e) {
      violations.add("could not query: " + e.getMessage());
    }
  }

  long polls() {
    return polls;
  }

  /** Ends the watch and returns what it found wrong. */
  List<String> violations() throws InterruptedException {
    closed = true;
    thread.join();
    return violations;
  }

  @Override
  public void close() throws InterruptedException {
    violations();
  }
}
