package dev.weir.batch.publish;

import dev.weir.batch.db.SqlFile;
import dev.weir.batch.db.UtcTime;
import dev.weir.batch.select.HourRange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/** Notes which event hours a run was given, so that a reader knows what it did not look at. */
public final class NamedRange {
  private static final String NOTE = SqlFile.read(NamedRange.class, "name-range");

  private NamedRange() {}

  /**
   * Notes the range of a registered run.
   *
   * @param range empty, or every hour: nothing is noted
   */
  public static void note(Connection connection, long version, Optional<HourRange> range)
      throws SQLException {
    if (range.isEmpty() || range.get().equals(HourRange.ALL)) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(NOTE)) {
      statement.setObject(1, UtcTime.ofMillis(range.get().from().toEpochMilli()));
      statement.setObject(2, UtcTime.ofMillis(range.get().to().toEpochMilli()));
      statement.setLong(3, version);
      statement.executeUpdate();
    }
  }
}
