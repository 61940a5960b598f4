package dev.weir.batch.publish;

import dev.weir.batch.db.SqlFile;
import dev.weir.batch.db.UtcTime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Takes files out of the manifest, or marks them deleted, and notes them in {@code
 * weir.file_to_delete}: in the caller's transaction, so that a file is either in use or to be
 * deleted. {@link DeleteFiles} deletes them afterwards.
 */
public final class LetGoOfFiles {
  private static final String ANNOUNCED = SqlFile.read(LetGoOfFiles.class, "let-go-announced");
  private static final String COMPACTED = SqlFile.read(LetGoOfFiles.class, "let-go-compacted");
  private static final String ARRIVALS = SqlFile.read(LetGoOfFiles.class, "let-go-arrivals");
  private static final String WITHOUT = SqlFile.read(LetGoOfFiles.class, "without-arrivals");

  private LetGoOfFiles() {}

  /** Files that a version announced and did not complete. */
  public static void announced(Connection connection, long version) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ANNOUNCED)) {
      statement.setLong(1, version);
      statement.executeUpdate();
    }
  }

  /** All compacted files of these event hours; they are then no longer compacted. */
  public static void compacted(Connection connection, long[] hours) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COMPACTED)) {
      statement.setArray(1, connection.createArrayOf("timestamptz", UtcTime.texts(hours)));
      statement.executeUpdate();
    }
  }

  /**
   * All arrivals files that have only events of sealed event hours, which have absorbed their
   * commit: whichever run sealed or folded them. Their lines of the manifest stay: they say which
   * commits brought events of an hour.
   *
   * @return how many
   */
  public static int arrivals(Connection connection) throws SQLException {
    try (PreparedStatement arrivals = connection.prepareStatement(ARRIVALS);
        PreparedStatement without = connection.prepareStatement(WITHOUT)) {
      int files = arrivals.executeUpdate();
      without.executeUpdate();
      return files;
    }
  }
}
