package dev.weir.speed.live;

import dev.weir.db.CopyBinary;
import dev.weir.db.CubeBinaryRow;
import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Writes rows to one live table: COPY into a temporary table of the connection, from there an
 * upsert in which the greater seq wins.
 */
final class LiveTable {
  private static final int CHUNK_BYTES = 1 << 16;

  private final CopyBinary bytes = new CopyBinary();
  private final CubeBinaryRow binaryRow = new CubeBinaryRow(bytes);
  private final UUID writer;
  private final String createStaging;
  private final String copy;
  private final String upsert;
  private final String delete;

  LiveTable(UUID writer, CubeTables tables) {
    this.writer = writer;
    String live = tables.liveTable();
    String staging = "pg_temp." + CubeTables.quoted("staged_" + tables.name());
    String columns = tables.columnList(CubeTable.LIVE);
    List<String> replaced = new ArrayList<>(tables.measureColumns());
    replaced.add(0, "seq");
    String assignments =
        replaced.stream()
            .map(CubeTables::quoted)
            .map(column -> column + " = excluded." + column)
            .collect(Collectors.joining(", "));
    this.createStaging =
        ("CREATE TEMPORARY TABLE IF NOT EXISTS %s (LIKE %s) WITH (toast_tuple_target = %d)"
                + " ON COMMIT DELETE ROWS")
            .formatted(staging, live, CubeTables.LIVE_ROW_BYTES);
    this.copy = "COPY %s (%s) FROM STDIN (FORMAT binary)".formatted(staging, columns);
    this.upsert =
        ("INSERT INTO %s AS live (%s) SELECT %s FROM %s ON CONFLICT (writer, base, series) "
                + "DO UPDATE SET %s WHERE excluded.seq > live.seq")
            .formatted(live, columns, columns, staging, assignments);
    this.delete = "DELETE FROM %s WHERE writer = ? AND base < ?".formatted(live);
  }

  /** Prepares a new connection. */
  void prepare(Connection connection) throws SQLException {
    execute(connection, createStaging);
  }

  /** Writes rows, at most one per series and base, in the connection's transaction. */
  void write(Connection connection, List<LiveRow> rows) throws SQLException {
    CopyIn staging = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy);
    try {
      bytes.clear();
      bytes.header();
      for (LiveRow row : rows) {
        binaryRow.appendLive(writer, row.base(), row.seq(), row.key(), row.aggregate());
        if (bytes.size() >= CHUNK_BYTES) {
          send(staging);
        }
      }
      bytes.trailer();
      send(staging);
      staging.endCopy();
    } finally {
      if (staging.isActive()) {
        staging.cancelCopy();
      }
    }
    execute(connection, upsert);
  }

  /** Deletes this writer's rows of committed epochs. */
  void deleteBelow(Connection connection, long base) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(delete)) {
      statement.setObject(1, writer);
      statement.setLong(2, base);
      statement.executeUpdate();
    }
  }

  private void send(CopyIn staging) throws SQLException {
    staging.writeToCopy(bytes.bytes(), 0, bytes.size());
    bytes.clear();
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
