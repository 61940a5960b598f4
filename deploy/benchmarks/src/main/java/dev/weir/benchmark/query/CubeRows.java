package dev.weir.benchmark.query;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.db.ComputedColumns;
import dev.weir.db.CopyBinary;
import dev.weir.db.CubeBinaryRow;
import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** Rows of one cube table, written by COPY as the layers do. */
final class CubeRows {
  private final CubeTables tables;
  private final CubeTable table;
  private final ComputedColumns computed;
  private final CopyBinary bytes = new CopyBinary();
  private final CubeBinaryRow row = new CubeBinaryRow(bytes);

  CubeRows(CubeTables tables, CubeTable table) {
    this.tables = tables;
    this.table = table;
    this.computed = tables.computed(table);
    bytes.header();
  }

  /** Appends a row; its first column is the commit or version. */
  void append(long number, AggregateKey key, MinuteAggregate aggregate) {
    row.appendPublished(number, key, aggregate, computed);
  }

  /** Writes what was appended since the last time. */
  void write(Connection connection) throws SQLException, IOException {
    bytes.trailer();
    connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn(
            "COPY "
                + tables.table(table)
                + " ("
                + tables.columnList(table)
                + computed.listed()
                + ") FROM STDIN (FORMAT binary)",
            new ByteArrayInputStream(bytes.bytes(), 0, bytes.size()));
    bytes.clear();
    bytes.header();
  }
}
