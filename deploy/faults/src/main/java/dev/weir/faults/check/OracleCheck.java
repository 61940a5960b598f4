package dev.weir.faults.check;

import dev.weir.faults.system.FaultRuntime;
import dev.weir.local.part.Topics;
import dev.weir.local.runtime.LocalRuntimeException;
import dev.weir.oracle.SeededStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;

/**
 * Compares everything with the oracle, exactly: served rows with their sketches, ledger counters,
 * Kafka offsets, dead letters, archived events, and the batch layer's own comparisons. The stream
 * must be paused.
 */
public final class OracleCheck {
  private final FaultRuntime runtime;
  private final SeededStream stream;
  private final ServedRows served;
  private final ArchivedEvents archived;

  public OracleCheck(FaultRuntime runtime, SeededStream stream) {
    this.runtime = runtime;
    this.stream = stream;
    this.served = new ServedRows(runtime.pipeline(), stream);
    this.archived = new ArchivedEvents(runtime.pipeline(), runtime.data().archive(), stream);
  }

  /**
   * Returns when every record in Kafka is committed; nothing may be produced meanwhile.
   *
   * @throws TimeoutException with what is missing
   */
  public void awaitDrained(Duration patience) throws TimeoutException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    String last = "nothing was read";
    while (System.nanoTime() < deadline) {
      try (Connection connection = runtime.connect()) {
        Map<TopicPartition, Long> committed = committedOffsets(connection);
        Map<TopicPartition, Long> ends = endOffsets();
        if (committed.equals(ends)) {
          return;
        }
        last = "committed is " + committed + " of " + ends;
      } catch (SQLException | LocalRuntimeException e) {
        last = e.getMessage();
      }
      Thread.sleep(200);
    }
    throw new TimeoutException("not drained within " + patience.toSeconds() + " s: " + last);
  }

  /** What differs; empty if nothing does. */
  public List<String> differences() throws SQLException, IOException {
    Differences differences = new Differences();
    try (Connection connection = runtime.connect()) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      ledger(connection, differences);
      differences.expect("the committed offsets", endOffsets(), committedOffsets(connection));
      served.check(connection, differences);
      archived.check(connection, differences);
      reconciliation(connection, differences);
    }
    return differences.found();
  }

  /** Of partitions without a record the ledger knows nothing. */
  private Map<TopicPartition, Long> endOffsets() {
    Map<TopicPartition, Long> ends =
        new HashMap<>(new Topics(runtime.endpoints().kafka()).endOffsets(runtime.pipeline()));
    ends.values().removeIf(end -> end == 0);
    return ends;
  }

  private void ledger(Connection connection, Differences differences) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SqlText.of("ledger"))) {
      row.next();
      differences.expect("records in", stream.produced(), row.getLong("records_in"));
      differences.expect("records counted", stream.unique(), row.getLong("counted"));
      differences.expect("records found duplicate", stream.duplicates(), row.getLong("duplicate"));
      differences.expect("records dead-lettered", stream.malformed(), row.getLong("dead_lettered"));
      differences.expect("records filtered", 0L, row.getLong("filtered"));
      differences.expect("dead letters by reason", stream.malformed(), row.getLong("dead_letters"));
      differences.expect("commits without their parent", 0L, row.getLong("broken_links"));
    }
  }

  private static Map<TopicPartition, Long> committedOffsets(Connection connection)
      throws SQLException {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SqlText.of("offsets"))) {
      while (row.next()) {
        offsets.put(new TopicPartition(row.getString(1), row.getInt(2)), row.getLong(3));
      }
    }
    return offsets;
  }

  private static void reconciliation(Connection connection, Differences differences)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SqlText.of("disagreements"))) {
      while (row.next()) {
        differences.add(
            "batch run "
                + row.getLong(1)
                + " found: "
                + row.getString(2)
                + " of "
                + row.getString(3)
                + " "
                + row.getString(4));
      }
    }
  }
}
