package dev.weir.local.sql;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;

/**
 * Comma-separated values with a header line, as RFC 4180 has them but for the line ends: quotes
 * only where needed; a null is empty, an empty text is {@code ""}.
 */
public final class CsvPrinter implements ResultPrinter {
  @Override
  public long print(ResultSet rows, PrintStream out) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    StringBuilder line = new StringBuilder();
    for (int c = 1; c <= columns.getColumnCount(); c++) {
      append(line, c, columns.getColumnLabel(c));
    }
    out.println(line);
    long count = 0;
    for (; rows.next(); count++) {
      line.setLength(0);
      for (int c = 1; c <= columns.getColumnCount(); c++) {
        append(line, c, rows.getString(c));
      }
      out.println(line);
    }
    return count;
  }

  private static void append(StringBuilder line, int column, String value) {
    if (column > 1) {
      line.append(',');
    }
    if (value == null) {
      return;
    }
    boolean quoted =
        value.isEmpty()
            || value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    line.append(quoted ? "\"" + value.replace("\"", "\"\"") + "\"" : value);
  }
}
