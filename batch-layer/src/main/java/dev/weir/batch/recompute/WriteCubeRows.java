package dev.weir.batch.recompute;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.aggregate.MinuteBucket;
import dev.weir.batch.db.SqlFile;
import dev.weir.batch.db.UtcTime;
import dev.weir.db.ComputedColumns;
import dev.weir.db.CopyBinary;
import dev.weir.db.CubeBinaryRow;
import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * Writes one cube's rows of one event hour under the run's version. Nobody sees them before the
 * version is published; what an earlier attempt of the task wrote is replaced. Their digests are
 * noted with them.
 */
final class WriteCubeRows {
  private static final int FLUSH_BYTES = 1 << 16;
  private static final String COLUMNS = SqlFile.read(WriteCubeRows.class, "columns");

  private final Connection connection;
  private final long version;
  private final long hourMillis;

  /**
   * @param connection in a transaction, which the caller commits
   */
  WriteCubeRows(Connection connection, long version, long hourMillis) {
    this.connection = connection;
    this.version = version;
    this.hourMillis = hourMillis;
  }

  /** Writes minute and hour rows, sorted by key. */
  void write(CubeTables tables, CubeSeries series) throws SQLException, IOException {
    write(tables, CubeTable.BATCH_MINUTE, series);
    write(tables, CubeTable.BATCH_HOUR, series.hours());
  }

  private void write(CubeTables tables, CubeTable table, CubeSeries series)
      throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "DELETE FROM "
              + tables.table(table)
              + " WHERE version = "
              + version
              + " AND event_hour = "
              + UtcTime.literal(hourMillis)
              + " AND bucket >= "
              + UtcTime.literal(hourMillis)
              + " AND bucket < "
              + UtcTime.literal(hourMillis + MinuteBucket.HOUR_MILLIS));
    }
    ComputedColumns computed = tables.computed(table).among(columns(tables.table(table)));
    String copy =
        "COPY %s (%s%s) FROM STDIN (FORMAT binary)"
            .formatted(tables.table(table), tables.columnList(table), computed.listed());
    CopyBinary rows = new CopyBinary().header();
    CubeBinaryRow binaryRow = new CubeBinaryRow(rows);
    try (PGCopyOutputStream out =
        new PGCopyOutputStream(connection.unwrap(PGConnection.class), copy, FLUSH_BYTES)) {
      for (Map.Entry<AggregateKey, MinuteAggregate> row : series.sorted().entrySet()) {
        binaryRow.appendPublished(version, row.getKey(), row.getValue(), computed);
        if (rows.size() >= FLUSH_BYTES) {
          out.write(rows.bytes(), 0, rows.size());
          rows.clear();
        }
      }
      rows.trailer();
      out.write(rows.bytes(), 0, rows.size());
    }
    NoteDigest.of(connection, tables, table, hourMillis, version);
  }

  /** Those it has: the declaration may ask for more of the sketches than when it was migrated. */
  private List<String> columns(String table) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setString(1, table);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          columns.add(rows.getString(1));
        }
      }
    }
    return columns;
  }
}
