package dev.weir.local.sql;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Columns under each other, numbers to the right. Widths are those of the first rows, so that a
 * large result is not held in memory; a value that is too long for the screen is cut, in the last
 * column only if it would fill several lines.
 */
public final class AlignedPrinter implements ResultPrinter {
  private static final int ROWS_MEASURED = 500;
  private static final int WIDEST = 60;
  private static final int LAST_WIDEST = 400;
  private static final Set<Integer> NUMBERS =
      Set.of(Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC, Types.REAL, Types.DOUBLE);

  @Override
  public long print(ResultSet rows, PrintStream out) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    int count = columns.getColumnCount();
    String[] names = new String[count];
    int[] widths = new int[count];
    boolean[] right = new boolean[count];
    for (int c = 0; c < count; c++) {
      names[c] = columns.getColumnLabel(c + 1);
      widths[c] = names[c].length();
      right[c] = NUMBERS.contains(columns.getColumnType(c + 1));
    }
    List<String[]> first = new ArrayList<>();
    while (first.size() < ROWS_MEASURED && rows.next()) {
      String[] row = row(rows, count);
      for (int c = 0; c < count; c++) {
        widths[c] = Math.max(widths[c], row[c].length());
      }
      first.add(row);
    }
    out.println(line(names, widths, new boolean[count]));
    out.println(rule(widths));
    long printed = 0;
    for (String[] row : first) {
      out.println(line(row, widths, right));
      printed++;
    }
    for (; first.size() == ROWS_MEASURED && rows.next(); printed++) {
      out.println(line(row(rows, count), widths, right));
    }
    out.println("(" + printed + (printed == 1 ? " row)" : " rows)"));
    return printed;
  }

  private static String[] row(ResultSet rows, int count) throws SQLException {
    String[] row = new String[count];
    for (int c = 0; c < count; c++) {
      String value = rows.getString(c + 1);
      String shown = value == null ? "" : value.replace('\n', ' ').replace('\t', ' ');
      int widest = c == count - 1 ? LAST_WIDEST : WIDEST;
      row[c] = shown.length() > widest ? shown.substring(0, widest - 3) + "..." : shown;
    }
    return row;
  }

  private static String line(String[] values, int[] widths, boolean[] right) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < values.length; c++) {
      String space = " ".repeat(Math.max(0, widths[c] - values[c].length()));
      line.append(c == 0 ? " " : " | ");
      line.append(right[c] ? space + values[c] : values[c] + space);
    }
    return line.toString().stripTrailing();
  }

  private static String rule(int[] widths) {
    StringBuilder rule = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      rule.append(c == 0 ? "-" : "-+-").append("-".repeat(widths[c]));
    }
    return rule.append('-').toString();
  }
}
