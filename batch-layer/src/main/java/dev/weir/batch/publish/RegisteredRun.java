package dev.weir.batch.publish;

import dev.weir.batch.db.RunRefusedException;
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
 * @param replaced version of the run whose place this one took; its rows and files are, too
 */
public record RegisteredRun(
    long version,
    long through,
    long head,
    long lastPublished,
    List<Long> interrupted,
    OptionalLong replaced) {
  private static final String REGISTER = SqlFile.read(RegisteredRun.class, "register-run");
  private static final String INTERRUPTED = SqlFile.read(RegisteredRun.class, "interrupted-runs");
  private static final String LAST = SqlFile.read(RegisteredRun.class, "last-published-commit");

  public RegisteredRun {
    interrupted = List.copyOf(interrupted);
  }

  /**
   * Takes the lock, draws a version and moves the fence to it.
   *
   * @param connection in auto-commit mode; keeps the lock until it is closed
   * @param kind what the run is for
   * @param through the last commit to absorb; empty: the head
   * @param replace whether a run that holds the lock is ended
   * @throws RunRefusedException if another run is at work or the commit does not exist
   */
  public static RegisteredRun register(
      Connection connection, RunKind kind, OptionalLong through, boolean replace)
      throws SQLException, RunRefusedException {
    OptionalLong replaced = new BatchLock(connection).take(replace);
    List<Long> interrupted = running(connection);
    replaced.ifPresent(version -> interrupted.remove(Long.valueOf(version)));
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
    long[] drawn = new long[1];
    Transaction.<SQLException>run(connection, () -> drawn[0] = moveFence(connection, kind, last));
    return new RegisteredRun(drawn[0], last, head, lastPublished, interrupted, replaced);
  }

  /**
   * Gives the lock back. Closing the connection does so, too, but only when the server gets to it:
   * a run that starts right after this one must not be refused.
   */
  public static void release(Connection connection) {
    new BatchLock(connection).giveBack();
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
}
