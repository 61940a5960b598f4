package dev.weir.speed.live;

import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import dev.weir.speed.live.LiveRow.Extent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Writes rows to one live table. Of two rows the one with the greater seq wins. */
final class LiveTable {
  private final UUID writer;
  private final StagedRows whole;
  private final StagedRows counts;
  private final String delete;

  LiveTable(UUID writer, CubeTables tables) {
    this.writer = writer;
    String live = tables.liveTable();
    String columns = tables.columnList(CubeTable.LIVE);
    this.whole =
        new StagedRows(
            "staged_" + tables.name(),
            live,
            tables.columns(CubeTable.LIVE),
            ("INSERT INTO %s AS live (%s) SELECT %s FROM staged ON CONFLICT (writer, base, series)"
                    + " DO UPDATE SET %s WHERE excluded.seq > live.seq")
                .formatted(
                    live, columns, columns, assignments(tables.measureColumns(), "excluded")));
    this.counts =
        new StagedRows(
            "counted_" + tables.name(),
            live,
            tables.liveCountColumns(),
            ("UPDATE %s AS live SET %s FROM staged WHERE live.writer = staged.writer"
                    + " AND live.base = staged.base AND live.series = staged.series"
                    + " AND staged.seq > live.seq")
                .formatted(live, assignments(tables.liveCounts(), "staged")));
    this.delete = "DELETE FROM %s WHERE writer = ? AND base < ?".formatted(live);
  }

  private static String assignments(List<String> columns, String from) {
    List<String> replaced = new ArrayList<>(columns);
    replaced.add(0, "seq");
    return replaced.stream()
        .map(CubeTables::quoted)
        .map(column -> column + " = " + from + "." + column)
        .collect(Collectors.joining(", "));
  }

  /** Prepares a new connection. */
  void prepare(Connection connection) throws SQLException {
    whole.prepare(connection);
    counts.prepare(connection);
  }

  /**
   * Writes rows, at most one per series, base and extent, in the connection's transaction. Counts
   * of a row that is not there are not written.
   */
  void write(Connection connection, List<LiveRow> rows) throws SQLException {
    write(connection, whole, rows.stream().filter(row -> row.extent() == Extent.WHOLE).toList());
    write(connection, counts, rows.stream().filter(row -> row.extent() == Extent.COUNTS).toList());
  }

  private static void write(Connection connection, StagedRows staged, List<LiveRow> rows)
      throws SQLException {
    if (!rows.isEmpty()) {
      staged.write(connection, rows);
    }
  }

  /** Deletes this writer's rows of committed epochs. */
  void deleteBelow(Connection connection, long base) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(delete)) {
      statement.setObject(1, writer);
      statement.setLong(2, base);
      statement.executeUpdate();
    }
  }
}
