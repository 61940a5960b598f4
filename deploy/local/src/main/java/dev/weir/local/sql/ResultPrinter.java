package dev.weir.local.sql;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How rows are shown. */
public interface ResultPrinter {

  /** Prints all rows and returns how many. */
  long print(ResultSet rows, PrintStream out) throws SQLException;
}
