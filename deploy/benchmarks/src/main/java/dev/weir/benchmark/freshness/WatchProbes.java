package dev.weir.benchmark.freshness;

import dev.weir.benchmark.SqlText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** Asks the merged view every few milliseconds which probes it counts, until told to stop. */
final class WatchProbes implements Callable<Void> {
  private static final long PAUSE_MILLIS = 5;

  private final Connection connection;
  private final String question;
  private final Probes probes;
  private final Instant since;
  private volatile boolean stopping;

  /**
   * Prepares to watch.
   *
   * @param connection for this watch alone; stays the caller's
   * @param cube whose view is asked
   * @param since no probe is older
   */
  WatchProbes(Connection connection, WatchedCube cube, Probes probes, Instant since) {
    this.connection = connection;
    this.question =
        SqlText.read(WatchProbes.class, "probes_served").replace("${view}", cube.view());
    this.probes = probes;
    this.since = since.truncatedTo(ChronoUnit.MINUTES);
  }

  @Override
  public Void call() throws SQLException, InterruptedException {
    Object[] types = IntStream.range(0, probes.partitions()).mapToObj(ProbeEvent::type).toArray();
    try (PreparedStatement statement = connection.prepareStatement(question)) {
      statement.setArray(1, connection.createArrayOf("text", types));
      statement.setObject(2, since.atOffset(ZoneOffset.UTC));
      while (!stopping) {
        look(statement);
        Thread.sleep(PAUSE_MILLIS);
      }
    }
    return null;
  }

  private void look(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      long nanos = System.nanoTime();
      while (row.next()) {
        probes.seen(ProbeEvent.partition(row.getString(1)), row.getLong(2), nanos);
      }
    }
  }

  void stop() {
    stopping = true;
  }
}
