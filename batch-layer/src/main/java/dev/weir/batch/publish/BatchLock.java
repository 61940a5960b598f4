package dev.weir.batch.publish;

import dev.weir.batch.db.Database;
import dev.weir.batch.db.RunRefusedException;
import dev.weir.batch.db.SqlFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The lock that only one run of the batch layer holds, as long as its connection lives. It keeps
 * runs apart; that a run which lost it changes nothing is the fence's work.
 */
final class BatchLock {
  private static final String HOLDER = SqlFile.read(BatchLock.class, "lock-holder");
  private static final String END = SqlFile.read(BatchLock.class, "end-sessions");
  private static final String KEY = "(hashtextextended('weir.batch_run', 0))";
  private static final String NOT_GRANTED_IN_TIME = "55P03";
  private static final String NOT_PERMITTED = "42501";

  /** How long an ended session may take to give the lock up. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Connection connection;

  /**
   * @param connection in auto-commit mode
   */
  BatchLock(Connection connection) {
    this.connection = connection;
  }

  /**
   * Takes the lock.
   *
   * @param replace whether a run that holds it is ended
   * @return the version of the run that was ended; empty if none was
   * @throws RunRefusedException if another run holds it and is not, or cannot be, ended
   */
  OptionalLong take(boolean replace) throws SQLException, RunRefusedException {
    Optional<Holder> held = Optional.empty();
    while (held.isEmpty()) {
      if (isFree()) {
        return OptionalLong.empty();
      }
      held = holder(); // None: it has just ended.
    }
    Holder holder = held.get();
    if (!replace) {
      throw new RunRefusedException(
          "another run of the batch layer is at work: "
              + holder.description()
              + ". Wait for it to end and run again; if it hangs, add --replace, which ends its"
              + " database session, removes what it wrote and takes its place");
    }
    end(holder);
    return holder.version();
  }

  /** Gives the lock back, if the connection still lives. */
  void giveBack() {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_unlock" + KEY);
    } catch (SQLException e) {
      // The connection is lost, and the lock ends with it.
    }
  }

  private boolean isFree() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_try_advisory_lock" + KEY)) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private void end(Holder holder) throws SQLException, RunRefusedException {
    try (PreparedStatement end = connection.prepareStatement(END);
        Statement statement = connection.createStatement()) {
      end.setInt(1, holder.pid());
      end.setString(2, Database.taskName(holder.version().orElse(0)));
      end.execute();
      statement.execute("SET lock_timeout = " + PATIENCE.toMillis());
      statement.execute("SELECT pg_advisory_lock" + KEY);
      statement.execute("RESET lock_timeout");
    } catch (SQLException e) {
      String cannot = "the run at work cannot be replaced (" + holder.description() + "): ";
      if (NOT_PERMITTED.equals(e.getSQLState())) {
        throw new RunRefusedException(
            cannot
                + "the database user may not end its session. Run as the user that started it, or"
                + " grant pg_signal_backend",
            e);
      }
      if (NOT_GRANTED_IN_TIME.equals(e.getSQLState())) {
        throw new RunRefusedException(
            cannot
                + "its session was told to end, but "
                + PATIENCE.toSeconds()
                + " s later a run still holds the lock. Nothing was changed; try again",
            e);
      }
      throw e;
    }
  }

  private Optional<Holder> holder() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(HOLDER)) {
      if (!row.next()) {
        return Optional.empty();
      }
      String session = "; its database session was last active at " + row.getString(2);
      long version = row.getLong(3);
      return Optional.of(
          row.wasNull()
              ? new Holder(
                  row.getInt(1), OptionalLong.empty(), "one that has just started" + session)
              : new Holder(
                  row.getInt(1),
                  OptionalLong.of(version),
                  "version "
                      + version
                      + " ("
                      + row.getString(4)
                      + "), since "
                      + row.getString(5)
                      + session));
    }
  }

  /**
   * Who holds the lock.
   *
   * @param pid of its database session
   * @param version of the run; empty before it has drawn one
   * @param description for messages
   */
  private record Holder(int pid, OptionalLong version, String description) {}
}
