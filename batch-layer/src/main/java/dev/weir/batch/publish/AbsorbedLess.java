package dev.weir.batch.publish;

import dev.weir.batch.db.SqlFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Moves the place where the next run starts to look back: in the transaction that takes a version
 * of an event hour out of service, so that what it had absorbed is found again, whatever happens
 * next.
 */
public final class AbsorbedLess {
  private static final String LESS = SqlFile.read(AbsorbedLess.class, "absorbed-less");

  private AbsorbedLess() {}

  /**
   * Moves it, in the caller's transaction; never forward.
   *
   * @param absorbed last commit up to which every event hour of the cube has absorbed its own now
   */
  public static void note(Connection connection, String cube, String definition, long absorbed)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LESS)) {
      statement.setLong(1, absorbed);
      statement.setString(2, cube);
      statement.setString(3, definition);
      statement.executeUpdate();
    }
  }
}
