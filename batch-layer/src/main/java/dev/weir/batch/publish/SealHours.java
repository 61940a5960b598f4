package dev.weir.batch.publish;

import dev.weir.batch.db.RunFence;
import dev.weir.batch.db.SqlFile;
import dev.weir.batch.db.UtcTime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;

/**
 * Seals event hours: from then on they are never recomputed. What commits add to them is folded
 * into the served version. Their compacted files are let go of.
 */
public final class SealHours {
  private static final String SEAL = SqlFile.read(SealHours.class, "seal-hours");

  private SealHours() {}

  /** Why an hour's archived events are gone. */
  public enum Reason {
    RETENTION,
    DAMAGED;

    String stored() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Seals, in the caller's transaction, which holds the {@link RunFence}. Hours that are sealed
   * already stay as they are.
   *
   * @param hours starts of the hours, epoch milliseconds
   * @param detail for a person to read
   */
  public static void seal(Connection connection, long[] hours, Reason reason, String detail)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SEAL)) {
      statement.setString(1, reason.stored());
      statement.setString(2, detail);
      statement.setArray(3, connection.createArrayOf("timestamptz", UtcTime.texts(hours)));
      statement.executeUpdate();
    }
    LetGoOfFiles.compacted(connection, hours);
  }
}
