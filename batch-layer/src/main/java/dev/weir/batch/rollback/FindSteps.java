package dev.weir.batch.rollback;

import dev.weir.batch.db.SqlFile;
import dev.weir.batch.db.UtcTime;
import dev.weir.batch.select.DeclaredCubes;
import dev.weir.batch.select.HourRange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Finds what a rollback would do. */
final class FindSteps {
  private static final String RETAINED = SqlFile.read(FindSteps.class, "retained-versions");
  private static final String LAST = SqlFile.read(FindSteps.class, "last-published-version");

  private FindSteps() {}

  /** The version of the run that published last; 0 if none did. */
  static long lastPublished(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(LAST)) {
      row.next();
      return row.getLong(1);
    }
  }

  /**
   * The steps, possible or not, in order of time.
   *
   * @param version only hours served by this one; 0: by any
   */
  static List<VersionStep> find(
      Connection connection, DeclaredCubes cubes, HourRange range, long version)
      throws SQLException {
    List<VersionStep> steps = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(RETAINED)) {
      cubes.bind(statement, 1);
      statement.setObject(3, UtcTime.ofMillis(range.from().toEpochMilli()));
      statement.setObject(4, UtcTime.ofMillis(range.to().toEpochMilli()));
      statement.setLong(5, version);
      statement.setLong(6, version);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          steps.add(
              new VersionStep(
                  rows.getInt(1),
                  UtcTime.millis(rows, 2),
                  rows.getLong(3),
                  rows.getLong(4),
                  rows.getLong(5),
                  rows.getBoolean(6),
                  rows.getBoolean(7)));
        }
      }
    }
    return steps;
  }
}
