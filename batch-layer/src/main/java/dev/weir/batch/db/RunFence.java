package dev.weir.batch.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The fence between runs: only the one that registered last may write and change what is served. A
 * newer run moves the fence to its version; an older one that wakes up later changes nothing any
 * more.
 */
public final class RunFence {
  private static final String NEWER = SqlFile.read(RunFence.class, "newer-run");

  private RunFence() {}

  /**
   * Keeps the fence where it is until the transaction ends, and the tasks of the run out.
   *
   * @param connection in a transaction
   * @param version of the run that wants to change something
   * @throws RunRefusedException if a newer run has moved the fence
   */
  public static void hold(Connection connection, long version)
      throws SQLException, RunRefusedException {
    require(connection, version, "FOR UPDATE");
  }

  /**
   * Keeps the fence where it is until the transaction ends, beside other tasks of the run: what the
   * transaction writes is there before a newer run looks, or never.
   *
   * @param connection in a transaction
   * @throws RunRefusedException if a newer run has moved the fence
   */
  public static void share(Connection connection, long version)
      throws SQLException, RunRefusedException {
    require(connection, version, "FOR SHARE");
  }

  private static void require(Connection connection, long version, String lock)
      throws SQLException, RunRefusedException {
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT version FROM weir.batch_fence " + lock);
        ResultSet row = statement.executeQuery()) {
      row.next();
      if (row.getLong(1) != version) {
        throw new RunRefusedException(
            "run "
                + version
                + " may not write any more: run "
                + row.getLong(1)
                + " took its place");
      }
    }
  }

  /** What became of a run that lost the fence, for a message; empty if it holds it. */
  public static Optional<String> lostBy(Connection connection, long version) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NEWER)) {
      statement.setLong(1, version);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                "run "
                    + version
                    + " was replaced by run "
                    + row.getLong(1)
                    + " ("
                    + row.getString(2)
                    + ", started at "
                    + row.getString(3)
                    + ") while it hung or had lost its connection. "
                    + (row.getBoolean(4)
                        ? "What it published before stays; it"
                        : "It has published nothing and")
                    + " changes nothing any more; run again if anything is left to do")
            : Optional.empty();
      }
    }
  }
}
