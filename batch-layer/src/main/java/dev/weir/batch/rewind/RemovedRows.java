package dev.weir.batch.rewind;

import dev.weir.batch.db.SqlFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Deletes rows that hold events of later commits: of every definition that a cube ever had, because
 * one that is declared again shows what its tables hold.
 */
final class RemovedRows {
  private static final String TABLES = SqlFile.read(RemovedRows.class, "definition-tables");

  private RemovedRows() {}

  /** Deletes them, in the caller's transaction, while the coverage history still knows them. */
  static void delete(Connection connection, long commit) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet tables = statement.executeQuery(TABLES)) {
      while (tables.next()) {
        if (tables.getString(3).equals("speed")) {
          speed(connection, tables.getString(4), commit);
        } else {
          batch(connection, tables, commit);
        }
      }
    }
  }

  private static void speed(Connection connection, String table, long commit) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM " + table + " WHERE commit > ?")) {
      delete.setLong(1, commit);
      delete.executeUpdate();
    }
  }

  private static void batch(Connection connection, ResultSet table, long commit)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM "
                + table.getString(4)
                + " r USING weir.coverage_history h WHERE h.cube = ? AND h.definition_hash = ?"
                + " AND h.absorbed_through > ? AND r.event_hour = h.event_hour"
                + " AND r.version = h.version")) {
      delete.setString(1, table.getString(1));
      delete.setString(2, table.getString(2));
      delete.setLong(3, commit);
      delete.executeUpdate();
    }
  }
}
