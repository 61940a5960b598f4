package dev.weir.batch.repair;

import dev.weir.batch.db.SqlFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Executes one of this package's statements. */
final class Statements {

  private Statements() {}

  /**
   * Executes it.
   *
   * @param name of its {@code .sql} file
   * @param values bound in their order
   * @return rows changed
   */
  static int execute(Connection connection, String name, Object... values) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(SqlFile.read(Statements.class, name))) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }
}
