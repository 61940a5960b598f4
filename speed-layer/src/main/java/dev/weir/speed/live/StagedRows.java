package dev.weir.speed.live;

import dev.weir.db.CopyBinary;
import dev.weir.db.CubeTables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows on their way into a live table: COPY into a temporary table of the connection, and from
 * there moved on by one statement.
 *
 * <p>The temporary table is emptied row by row, and cut off only now and then: to cut it off with
 * every transaction (ON COMMIT DELETE ROWS) rebuilds an index and makes the server plan the
 * statement again, which costs more than a few rows.
 */
final class StagedRows {
  private static final int CHUNK_BYTES = 1 << 16;

  /** Rows moved on leave dead ones behind, which each flush reads past. */
  private static final int MOST_DEAD_ROWS = 1_000;

  private final CopyBinary bytes = new CopyBinary();
  private final String create;
  private final String copy;
  private final String move;
  private final String cutOff;
  private int deadRows;

  /**
   * @param table the temporary table
   * @param columns of a live table that it has, in the rows' order
   * @param move the statement, which begins after {@code WITH staged AS (all rows)}
   */
  StagedRows(String table, String liveTable, List<String> columns, String move) {
    String quoted = CubeTables.quotedList(columns);
    String staging = "pg_temp." + CubeTables.quoted(table);
    this.create =
        "CREATE TEMPORARY TABLE IF NOT EXISTS %s WITH (toast_tuple_target = %d) AS SELECT %s FROM %s WITH NO DATA"
            .formatted(staging, CubeTables.LIVE_ROW_BYTES, quoted, liveTable);
    this.copy = "COPY %s (%s) FROM STDIN (FORMAT binary)".formatted(staging, quoted);
    this.move = "WITH staged AS (DELETE FROM %s RETURNING %s) %s".formatted(staging, quoted, move);
    this.cutOff = "TRUNCATE " + staging;
  }

  /** Prepares a new connection. */
  void prepare(Connection connection) throws SQLException {
    execute(connection, create);
    deadRows = 0;
  }

  /** Writes rows in the connection's transaction. */
  void write(Connection connection, List<LiveRow> rows) throws SQLException {
    if (deadRows + rows.size() > MOST_DEAD_ROWS) {
      execute(connection, cutOff);
      deadRows = 0;
    }
    deadRows += rows.size();
    CopyIn staging = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy);
    try {
      bytes.clear();
      bytes.header();
      for (LiveRow row : rows) {
        bytes.append(row.bytes(), 0, row.bytes().length);
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
    try (PreparedStatement statement = connection.prepareStatement(move)) {
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
