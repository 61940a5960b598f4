package dev.weir.batch.publish;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The fence between runs: only the run that started last may change what is served. */
public final class Fence {

  private Fence() {}

  /**
   * Keeps the fence where it is until the transaction ends.
   *
   * @param version of the run that wants to change something
   * @throws RunRefusedException if a newer run has moved it
   */
  public static void hold(Connection connection, long version)
      throws SQLException, RunRefusedException {
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT version FROM weir.batch_fence FOR UPDATE");
        ResultSet row = statement.executeQuery()) {
      row.next();
      if (row.getLong(1) != version) {
        throw new RunRefusedException(
            "run "
                + version
                + " may not publish: run "
                + row.getLong(1)
                + " has started since and holds the fence; nothing was changed");
      }
    }
  }
}
