package dev.weir.faults.torture;

import dev.weir.faults.system.FaultRuntime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Really opens connections until the server has none left. */
final class ConnectionHog implements AutoCloseable {
  private static final int MOST = 500;

  private final FaultRuntime runtime;
  private final List<Connection> open = new ArrayList<>();

  ConnectionHog(FaultRuntime runtime) {
    this.runtime = runtime;
  }

  /** How many are open then. */
  int openUntilRefused() {
    while (open.size() < MOST) {
      try {
        open.add(runtime.connect());
      } catch (SQLException e) {
        return open.size();
      }
    }
    throw new IllegalStateException("the server accepts more than " + MOST + " connections");
  }

  /** Takes every connection that becomes free meanwhile. */
  void keepFull(Duration duration) throws InterruptedException {
    long end = System.nanoTime() + duration.toNanos();
    while (System.nanoTime() < end) {
      int unused = openUntilRefused();
      Thread.sleep(20);
    }
  }

  @Override
  public void close() {
    for (Connection connection : open) {
      try {
        connection.close();
      } catch (SQLException e) {
        // Broken with its server.
      }
    }
  }
}
