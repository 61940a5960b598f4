package dev.weir.benchmark.peer.duckdb;

import dev.weir.benchmark.peer.work.PeerOrders;
import dev.weir.benchmark.peer.work.PeerReport;
import dev.weir.benchmark.peer.work.TrafficRow;
import dev.weir.benchmark.peer.work.TrafficTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Recomputes the archive in the form in which DuckDB is fastest: the needed columns alone, {@code
 * SELECT DISTINCT}. Two threads. Orders: {@code archive}, {@code database}, {@code folder}.
 */
public final class DuckDbPeer {
  private static final int REPETITIONS = 2;

  private DuckDbPeer() {}

  public static void main(String[] arguments) throws SQLException, IOException {
    PeerOrders orders = PeerOrders.of(arguments);
    PeerReport.startTelling();
    List<TrafficRow> rows = List.of();
    for (int i = 0; i < REPETITIONS; i++) {
      // A database of its own each time: nothing is kept from the run before.
      try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:")) {
        prepare(duckDb, Files.createDirectories(orders.folder().resolve("spilled")));
        long start = System.nanoTime();
        rows = traffic(duckDb, orders.archive());
        PeerReport.query(System.nanoTime() - start);
      }
    }
    try (TrafficTable table = TrafficTable.open(orders.database())) {
      table.upsert(rows);
    }
    PeerReport.finished();
  }

  private static void prepare(Connection duckDb, Path spilled) throws SQLException {
    try (Statement statement = duckDb.createStatement()) {
      statement.execute("SET threads = 2");
      statement.execute("SET memory_limit = '10GB'");
      // SET takes no bound values; the folder is the benchmark's own.
      statement.execute("SET temp_directory = '" + spilled + "'");
    }
  }

  private static List<TrafficRow> traffic(Connection duckDb, Path archive)
      throws SQLException, IOException {
    List<TrafficRow> rows = new ArrayList<>();
    try (PreparedStatement query = duckDb.prepareStatement(statement("traffic"))) {
      query.setString(1, archive + "/**/*.parquet");
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          rows.add(
              new TrafficRow(
                  row.getLong(1),
                  row.getString(2),
                  row.getString(3),
                  row.getLong(4),
                  row.getDouble(5),
                  row.getDouble(6),
                  row.getDouble(7),
                  row.getDouble(8)));
        }
      }
    }
    return rows;
  }

  private static String statement(String name) throws IOException {
    try (InputStream file = DuckDbPeer.class.getResourceAsStream(name + ".sql")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
