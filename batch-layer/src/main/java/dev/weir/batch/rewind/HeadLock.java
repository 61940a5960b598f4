package dev.weir.batch.rewind;

import dev.weir.batch.db.RunRefusedException;
import dev.weir.batch.db.SqlFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;

/**
 * Keeps every commit and claim out until the transaction ends. A commit that is at work is waited
 * for, but not for ever: its process may be frozen in the middle of a COPY, where no time limit of
 * the server reaches its session.
 */
final class HeadLock {
  private static final String LOCK = SqlFile.read(HeadLock.class, "lock-head");
  private static final String HOLDER = SqlFile.read(HeadLock.class, "head-holder");
  private static final String NOT_GRANTED_IN_TIME = "55P03";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private HeadLock() {}

  /**
   * Takes the lock in the transaction at hand, which has done nothing yet.
   *
   * @return uuid of the head
   * @throws RunRefusedException if another session keeps it; the transaction is rolled back then
   */
  static UUID take(Connection connection) throws SQLException, RunRefusedException {
    try (Statement limit = connection.createStatement();
        PreparedStatement lock = connection.prepareStatement(LOCK)) {
      limit.execute("SET LOCAL lock_timeout = " + PATIENCE.toMillis());
      UUID head;
      try (ResultSet row = lock.executeQuery()) {
        row.next();
        head = row.getObject(1, UUID.class);
      }
      limit.execute("SET LOCAL lock_timeout TO DEFAULT");
      return head;
    } catch (SQLException e) {
      if (!NOT_GRANTED_IN_TIME.equals(e.getSQLState())) {
        throw e;
      }
      connection.rollback();
      throw new RunRefusedException(
          "cannot rewind: for "
              + PATIENCE.toSeconds()
              + " s the commit log's head has been locked by "
              + holder(connection)
              + ". Nothing was changed; try again",
          e);
    }
  }

  private static String holder(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(HOLDER)) {
      if (!row.next()) {
        return "a session that has just ended";
      }
      int pid = row.getInt(1);
      return ("session %d (%s), in a transaction since %s. A commit that is at work ends by itself;"
              + " if its process hangs or was cut off, end that, or the session: SELECT"
              + " pg_terminate_backend(%d)")
          .formatted(pid, row.getString(2), row.getString(3), pid);
    }
  }
}
