package dev.weir.batch.publish;

import dev.weir.batch.db.SqlFile;
import dev.weir.batch.store.ArchiveStore;
import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import dev.weir.pipeline.Pipeline;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Removes the rows and files of versions, or hours of a version, that were not published. */
public final class DiscardVersion {
  private static final String UNLISTED = SqlFile.read(DiscardVersion.class, "unlisted-files");

  private final Connection connection;
  private final Pipeline pipeline;
  private final ArchiveStore store;

  public DiscardVersion(Connection connection, Pipeline pipeline, ArchiveStore store) {
    this.connection = connection;
    this.pipeline = pipeline;
    this.store = store;
  }

  /** Removes everything a version left that is not published. Safe to repeat. */
  public void discard(long version) throws SQLException, IOException {
    for (var cube : pipeline.cubes()) {
      CubeTables tables = CubeTables.of(pipeline, cube);
      for (CubeTable table : List.of(CubeTable.BATCH_MINUTE, CubeTable.BATCH_HOUR)) {
        deleteRows(tables, table, version);
      }
    }
    discardFiles(version);
  }

  /** Removes the files that a version announced and did not publish. */
  public void discardFiles(long version) throws SQLException, IOException {
    try (PreparedStatement unlisted = connection.prepareStatement(UNLISTED);
        PreparedStatement forget =
            connection.prepareStatement("DELETE FROM weir.archive_file WHERE file_id = ?")) {
      unlisted.setLong(1, version);
      try (ResultSet files = unlisted.executeQuery()) {
        while (files.next()) {
          // The file first: an entry without a file is found again, a file without an entry never.
          store.delete(files.getString(2));
          forget.setLong(1, files.getLong(1));
          forget.executeUpdate();
        }
      }
    }
  }

  private void deleteRows(CubeTables tables, CubeTable table, long version) throws SQLException {
    String covered =
        "SELECT FROM weir.coverage_history h WHERE h.cube = ? AND h.definition_hash = ?"
            + " AND h.event_hour = r.event_hour AND h.version = r.version";
    String delete =
        "DELETE FROM "
            + tables.table(table)
            + " r WHERE r.version = ? AND NOT EXISTS ("
            + covered
            + ")";
    try (PreparedStatement statement = connection.prepareStatement(delete)) {
      statement.setLong(1, version);
      statement.setString(2, tables.cube().name());
      statement.setString(3, tables.cube().definitionHash());
      statement.executeUpdate();
    }
  }
}
