package dev.weir.benchmark.peer.work;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.Properties;

/** The table that peers write; the benchmark has made it, and reads it. Not thread safe. */
public final class TrafficTable implements AutoCloseable {
  private static final String UPSERT = upsertStatement();

  private final Connection connection;

  private TrafficTable(Connection connection) {
    this.connection = connection;
  }

  /** Connects; the URL names the user. */
  public static TrafficTable open(String url) throws SQLException {
    Properties properties = new Properties();
    properties.put("reWriteBatchedInserts", "true");
    Connection connection = DriverManager.getConnection(url, properties);
    connection.setAutoCommit(false);
    return new TrafficTable(connection);
  }

  /** Writes the rows in one transaction; those of the same key are replaced. */
  public void upsert(Collection<TrafficRow> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      for (TrafficRow row : rows) {
        upsert.setTimestamp(1, new Timestamp(row.minuteMillis()));
        upsert.setString(2, row.type());
        upsert.setString(3, row.segment());
        upsert.setLong(4, row.count());
        upsert.setDouble(5, row.sum());
        upsert.setDouble(6, row.sum() / row.count());
        upsert.setDouble(7, row.min());
        upsert.setDouble(8, row.max());
        upsert.setDouble(9, row.p95());
        upsert.addBatch();
      }
      upsert.executeBatch();
    }
    connection.commit();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private static String upsertStatement() {
    try (InputStream file = TrafficTable.class.getResourceAsStream("upsert_traffic.sql")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
