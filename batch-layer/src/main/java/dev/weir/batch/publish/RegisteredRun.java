package dev.weir.batch.publish;

import dev.weir.batch.db.SqlFile;
import dev.weir.batch.db.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A run that holds the batch layer's lock and fence. The lock lives as long as the connection: if
 * that is lost, another run may start, moves the fence, and this one can no longer publish.
 *
 * @param version under which it publishes
 * @param through last commit it absorbs; 0 if there is none
 * @param head of the commit log when it was registered
 * @param lastPublished last commit whose arrivals an earlier run has read
 * @param interrupted versions of runs that died without a word; their rows and files are leftovers
 */
public record RegisteredRun(
    long version, long through, long head, long lastPublished, List<Long> interrupted) {
  private static final String REGISTER = SqlFile.read(RegisteredRun.class, "register-run");
  private static final String INTERRUPTED = SqlFile.read(RegisteredRun.class, "interrupted-runs");
  private static final String LAST = SqlFile.read(RegisteredRun.class, "last-published-commit");
  private static final String LOCK =
      "SELECT pg_try_advisory_lock(hashtextextended('weir.batch_run', 0))";

  private static final String UNLOCK =
      "SELECT pg_advisory_unlock(hashtextextended('weir.batch_run', 0))";

  public RegisteredRun {
    interrupted = List.copyOf(interrupted);
  }

  /**
   * Takes the lock, draws a version and moves the fence to it.
   *
   * @param connection in auto-commit mode; keeps the lock until it is closed
   * @param kind what the run is for
   * @param through the last commit to absorb; empty: the head
   * @throws RunRefusedException if another run is at work or the commit does not exist
   */
  public static RegisteredRun register(Connection connection, RunKind kind, OptionalLong through)
      throws SQLException, RunRefusedException {
    if (!isTrue(connection, LOCK)) {
      throw new RunRefusedException(
          "another run of the batch layer is at work ("
              + String.join(", ", running(connection).stream().map(v -> "version " + v).toList())
              + "); wait for it to end and run again");
    }
    List<Long> interrupted = running(connection);
    long head = number(connection, "SELECT commit FROM weir.head");
    long last = through.orElse(head);
    if (through.isPresent() && !exists(connection, last)) {
      throw new RunRefusedException(
          "--through "
              + last
              + " is not a commit of the ledger, whose head is "
              + head
              + "; name one that is, or leave the option out");
    }
    long lastPublished = number(connection, LAST);
    long[] version = new long[1];
    Transaction.<SQLException>run(connection, () -> version[0] = moveFence(connection, kind, last));
    return new RegisteredRun(version[0], last, head, lastPublished, interrupted);
  }

  /**
   * Gives the lock back. Closing the connection does so, too, but only when the server gets to it:
   * a run that starts right after this one must not be refused.
   */
  public static void release(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(UNLOCK);
    } catch (SQLException e) {
      // The connection is lost, and the lock ends with it.
    }
  }

  private static long moveFence(Connection connection, RunKind kind, long through)
      throws SQLException {
    try (PreparedStatement register = connection.prepareStatement(REGISTER);
        PreparedStatement move =
            connection.prepareStatement("UPDATE weir.batch_fence SET version = ?")) {
      register.setString(1, kind.word());
      register.setLong(2, through);
      try (ResultSet row = register.executeQuery()) {
        row.next();
        long version = row.getLong(1);
        move.setLong(1, version);
        move.executeUpdate();
        return version;
      }
    }
  }

  private static List<Long> running(Connection connection) throws SQLException {
    List<Long> versions = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(INTERRUPTED)) {
      while (rows.next()) {
        versions.add(rows.getLong(1));
      }
    }
    return versions;
  }

  private static boolean exists(Connection connection, long commit) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT FROM weir.ledger WHERE commit = ?")) {
      statement.setLong(1, commit);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static boolean isTrue(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getBoolean(1);
    }
  }
}
