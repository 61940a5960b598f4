package dev.weir.batch.repair;

import dev.weir.batch.audit.RowLayer;
import dev.weir.batch.db.UtcTime;
import dev.weir.batch.select.DeclaredCubes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Removes rows of one event hour that do not belong to what is served: batch rows of any version
 * but the served one, speed rows it has absorbed, and speed rows that no commit noted. Their
 * digests go with them.
 */
final class RemoveUnserved {
  private static final long DAY_MILLIS = 86_400_000L;
  private static final String OF_HOUR =
      " AS r WHERE r.event_hour = ? AND r.bucket >= ? AND r.bucket < ? AND ";
  private static final String SERVED =
      "(SELECT c.%s FROM weir.coverage c WHERE c.cube = ? AND c.definition_hash = ?"
          + " AND c.event_hour = ?)";
  private static final String NOTED =
      "EXISTS (SELECT FROM weir.row_digest d WHERE d.event_hour = r.event_hour AND d.cube = ?"
          + " AND d.definition_hash = ? AND d.layer = 'speed' AND d.tag = r.commit)";

  private RemoveUnserved() {}

  /**
   * Removes them, in the caller's transaction.
   *
   * @param absorbed what counts as absorbed where no version is served
   */
  static void of(Connection connection, DeclaredCubes cubes, long hourMillis, long absorbed)
      throws SQLException {
    foreignSpeedRows(connection, cubes, hourMillis);
    var hour = UtcTime.ofMillis(hourMillis);
    for (int cube = 0; cube < cubes.names().length; cube++) {
      String name = cubes.names()[cube];
      String definition = cubes.definitions()[cube];
      for (RowLayer layer : new RowLayer[] {RowLayer.MINUTE, RowLayer.HOUR}) {
        execute(
            connection,
            "DELETE FROM "
                + table(connection, layer, name, definition)
                + OF_HOUR
                + "r.version IS DISTINCT FROM "
                + SERVED.formatted("version"),
            hourMillis,
            name,
            definition,
            hour);
      }
      execute(
          connection,
          "DELETE FROM "
              + table(connection, RowLayer.SPEED, name, definition)
              + OF_HOUR
              + "r.commit <= coalesce("
              + SERVED.formatted("absorbed_through")
              + ", ?)",
          hourMillis,
          name,
          definition,
          hour,
          absorbed);
      Statements.execute(connection, "forget-unserved-digests", absorbed, name, definition, hour);
      Statements.execute(connection, "forget-unserved-versions", name, definition, hour);
    }
  }

  /**
   * Removes speed rows of commits that brought none to the hour. Not of commits newer than the
   * journal: a job of an older version, which keeps none, may still be committing.
   */
  static void foreignSpeedRows(Connection connection, DeclaredCubes cubes, long hourMillis)
      throws SQLException {
    for (int cube = 0; cube < cubes.names().length; cube++) {
      String name = cubes.names()[cube];
      String definition = cubes.definitions()[cube];
      execute(
          connection,
          "DELETE FROM "
              + table(connection, RowLayer.SPEED, name, definition)
              + OF_HOUR
              + "r.commit <= (SELECT coalesce(max(commit), 0) FROM weir.journal) AND NOT "
              + NOTED,
          hourMillis,
          name,
          definition);
    }
  }

  private static String table(Connection connection, RowLayer layer, String cube, String definition)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT weir.cube_table(?, ?, ?)")) {
      statement.setString(1, layer.stored());
      statement.setString(2, cube);
      statement.setString(3, definition);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  private static void execute(Connection connection, String sql, long hourMillis, Object... values)
      throws SQLException {
    // The day's partition; not the hour's buckets: a row moved here by hand has others.
    long day = Math.floorDiv(hourMillis, DAY_MILLIS) * DAY_MILLIS;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, UtcTime.ofMillis(hourMillis));
      statement.setObject(2, UtcTime.ofMillis(day));
      statement.setObject(3, UtcTime.ofMillis(day + DAY_MILLIS));
      for (int i = 0; i < values.length; i++) {
        statement.setObject(4 + i, values[i]);
      }
      statement.executeUpdate();
    }
  }
}
