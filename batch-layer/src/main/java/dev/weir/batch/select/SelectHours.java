package dev.weir.batch.select;

import dev.weir.batch.db.SqlFile;
import dev.weir.batch.db.UtcTime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Chooses the event hours of a run, from the archive manifest and the coverage. The work is bounded
 * by what changed: no folder is listed and no history scanned.
 */
public final class SelectHours {
  private static final String CHANGED = SqlFile.read(SelectHours.class, "changed-hours");
  private static final String NAMED = SqlFile.read(SelectHours.class, "named-hours");

  private final Connection connection;
  private final DeclaredCubes cubes;
  private final long through;

  /**
   * @param through arrivals of later commits are left to the next run
   */
  public SelectHours(Connection connection, DeclaredCubes cubes, long through) {
    this.connection = connection;
    this.cubes = cubes;
    this.through = through;
  }

  /**
   * Hours with arrivals that a cube has not absorbed, or that a cube does not cover, each with the
   * commit of its newest such arrivals.
   */
  public SortedMap<Long, Long> changed() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CHANGED)) {
      cubes.bind(statement, 1);
      statement.setLong(3, cubes.allAbsorbedThrough());
      statement.setLong(4, through);
      return hours(statement);
    }
  }

  /**
   * All hours of a range that have archived events, each with the commit of its newest arrivals.
   */
  public SortedMap<Long, Long> named(HourRange range) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NAMED)) {
      statement.setObject(1, UtcTime.ofMillis(range.from().toEpochMilli()));
      statement.setObject(2, UtcTime.ofMillis(range.to().toEpochMilli()));
      statement.setLong(3, through);
      return hours(statement);
    }
  }

  private static SortedMap<Long, Long> hours(PreparedStatement statement) throws SQLException {
    SortedMap<Long, Long> hours = new TreeMap<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        hours.put(UtcTime.millis(rows, 1), rows.getLong(2));
      }
    }
    return hours;
  }
}
