package dev.weir.batch.publish;

import dev.weir.batch.db.SqlFile;
import dev.weir.batch.store.ArchiveStore;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Deletes the archive files that nothing needs any more. Safe to repeat: what a crash or a file
 * system leaves is deleted by the next run.
 */
public final class DeleteFiles {
  private static final String NEEDLESS = SqlFile.read(DeleteFiles.class, "files-to-delete");

  private DeleteFiles() {}

  /**
   * Deletes them.
   *
   * @param connection in auto-commit mode
   * @return what could not be deleted, and why
   */
  public static List<String> delete(Connection connection, ArchiveStore store) throws SQLException {
    List<String> warnings = new ArrayList<>();
    try (PreparedStatement forget =
        connection.prepareStatement("DELETE FROM weir.file_to_delete WHERE path = ?")) {
      for (String path : needless(connection)) {
        try {
          store.delete(path);
          forget.setString(1, path);
          forget.executeUpdate();
        } catch (IOException e) {
          warnings.add(path + " could not be deleted, the next run tries again: " + e.getMessage());
        }
      }
    }
    return warnings;
  }

  /**
   * Deletes them after the work of a run was committed: whatever happens now, it stays done, and
   * the run must not be taken for a failed one.
   *
   * @param connection in auto-commit mode
   * @return what could not be deleted, and why
   */
  public static List<String> afterwards(Connection connection, ArchiveStore store) {
    try {
      return delete(connection, store);
    } catch (SQLException e) {
      return List.of(
          "needless files could not be deleted, the next run tries again: " + e.getMessage());
    }
  }

  private static List<String> needless(Connection connection) throws SQLException {
    List<String> paths = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(NEEDLESS)) {
      while (rows.next()) {
        paths.add(rows.getString(1));
      }
    }
    return paths;
  }
}
