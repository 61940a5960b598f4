package dev.weir.batch.rewind;

import dev.weir.batch.db.SqlFile;
import dev.weir.batch.db.UtcTime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An event hour that has absorbed commits to be removed, in one cube.
 *
 * @param hourMillis start of the hour, epoch milliseconds
 * @param current whether the cube's definition is the served one
 * @param kept whether a retained version has absorbed none of them: it is served again
 * @param oldest last commit that the oldest retained version has absorbed
 * @param sealed why the hour cannot be recomputed; null if it can
 * @param archived whether commits that stay brought events of the hour
 * @param shown whether a view reads the definition's rows: the merged views show a definition that
 *     is not declared any more until the one that follows covers every hour
 */
record AbsorbedHour(
    long hourMillis,
    String cube,
    String definition,
    boolean current,
    boolean kept,
    long oldest,
    String sealed,
    boolean archived,
    boolean shown) {
  private static final String FIND = SqlFile.read(AbsorbedHour.class, "absorbed-hours");

  /** All that have absorbed commits after this one. */
  static List<AbsorbedHour> after(Connection connection, long commit) throws SQLException {
    List<AbsorbedHour> hours = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setLong(1, commit);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          hours.add(
              new AbsorbedHour(
                  UtcTime.millis(rows, 1),
                  rows.getString(2),
                  rows.getString(3),
                  rows.getBoolean(4),
                  rows.getBoolean(5),
                  rows.getLong(6),
                  rows.getString(7),
                  rows.getBoolean(8),
                  rows.getBoolean(9)));
        }
      }
    }
    return hours;
  }

  /** Whether its rows must come from the archive. */
  boolean isRecomputed() {
    return current && !kept && archived && sealed == null;
  }

  /** Whether they would have to, but the archive is gone. */
  boolean isStuck() {
    return current && !kept && archived && sealed != null;
  }

  /** Whether they would have to, but nobody knows the definition any more. */
  boolean isShownOnly() {
    return !current && shown && !kept && archived;
  }

  Instant hour() {
    return Instant.ofEpochMilli(hourMillis);
  }
}
