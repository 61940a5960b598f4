package dev.weir.batch.select;

import dev.weir.batch.db.SqlFile;
import dev.weir.batch.db.UtcTime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * How an event hour stands before a run.
 *
 * @param sealed whether its archived events are gone
 * @param compacted its compacted files together; version 0 if there are none
 * @param compactedThrough last commit they hold
 * @param cubes per declared cube
 */
record HourState(
    long hourMillis,
    boolean sealed,
    CompactedInput compacted,
    long compactedThrough,
    List<OfCube> cubes) {
  private static final String STATES = SqlFile.read(HourState.class, "hour-states");

  /**
   * How a cube stands in the hour.
   *
   * @param version served; 0 where the hour is not covered
   * @param absorbed last commit absorbed
   * @param gap whether commits after that one have arrivals of the hour but, because the cube was
   *     declared later, no speed rows
   */
  record OfCube(long version, long absorbed, boolean gap) {}

  /** Whether the compacted files may be read by a run that absorbs up to this commit. */
  boolean compactionUsable(long through) {
    // After a rewind, or with --through, they may hold later commits: then all arrivals are read.
    return compacted.version() > 0 && compactedThrough <= through;
  }

  /** The states of these hours, in order of time. */
  static List<HourState> read(Connection connection, DeclaredCubes cubes, long[] hours)
      throws SQLException {
    List<HourState> states = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(STATES)) {
      statement.setArray(1, connection.createArrayOf("timestamptz", UtcTime.texts(hours)));
      cubes.bind(statement, 2);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          if (rows.getInt(7) == 0) {
            states.add(
                new HourState(
                    UtcTime.millis(rows, 1),
                    rows.getBoolean(2),
                    new CompactedInput(rows.getLong(3), rows.getLong(4), rows.getLong(5)),
                    rows.getLong(6),
                    new ArrayList<>()));
          }
          states
              .get(states.size() - 1)
              .cubes()
              .add(new OfCube(rows.getLong(8), rows.getLong(9), rows.getBoolean(10)));
        }
      }
    }
    return states;
  }
}
