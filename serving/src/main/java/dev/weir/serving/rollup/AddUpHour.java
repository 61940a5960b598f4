package dev.weir.serving.rollup;

import dev.weir.db.ComputedColumns;
import dev.weir.db.CubeTables;
import dev.weir.serving.rollup.HourSums.Addition;
import dev.weir.serving.sql.SqlNames;
import dev.weir.serving.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Adds commits, and a published version, to the roll-up of one event hour; buckets that exist are
 * replaced by the sums.
 */
final class AddUpHour {
  private static final SqlTemplate TAKEN_OUT = SqlTemplate.load("db/rollup/taken_out.sql");
  private static final SqlTemplate PUT_IN = SqlTemplate.load("db/rollup/put_in.sql");

  private final CubeTables tables;
  private final Connection connection;
  private final Addition addition;
  private final int mostSeries;

  /**
   * Sets up the work.
   *
   * @param connection in a transaction
   * @param mostSeries of one hour, those of fewer dimensions included
   */
  AddUpHour(CubeTables tables, Connection connection, Addition addition, int mostSeries) {
    this.tables = tables;
    this.connection = connection;
    this.addition = addition;
    this.mostSeries = mostSeries;
  }

  /**
   * Does it.
   *
   * @throws IllegalArgumentException if a row contradicts itself
   * @throws TooManySeriesException if memory is not enough
   */
  void addUp() throws SQLException {
    new HourSums(tables, connection, addition, mostSeries)
        .forEach((rows, table, from, to) -> replace(rows, table));
  }

  /** Puts rows in, together with those that the table has of their buckets. */
  private void replace(RolledUpRows rows, String table) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    Map<String, String> values = new HashMap<>();
    values.put("hour", SqlNames.literal(addition.hour()));
    values.put("columns", tables.rowColumnList());
    values.put("rollup_table", table);
    values.put("buckets", rows.buckets());
    rows.addKept(connection, TAKEN_OUT.fill(values, Map.of()));
    values.put("all_columns", tables.rowColumnList() + ComputedColumns.of(tables.cube()).listed());
    rows.write(connection, PUT_IN.fill(values, Map.of()));
  }
}
