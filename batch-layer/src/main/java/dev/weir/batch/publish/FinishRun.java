package dev.weir.batch.publish;

import dev.weir.batch.db.SqlFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * How a run ended, as {@code weir.batch_run} keeps it.
 *
 * @param hours published
 * @param rows read
 * @param duplicates dropped
 * @param message what went wrong; null if nothing did
 */
public record FinishRun(State state, int hours, long rows, long duplicates, String message) {
  private static final String FINISH = SqlFile.read(FinishRun.class, "finish-run");

  /** The end states of a run. */
  public enum State {
    PUBLISHED("published"),
    FAILED("failed"),
    REPLACED("replaced"),
    NOTHING_CHANGED("nothing-changed"),
    VERIFIED("verified");

    private final String stored;

    State(String stored) {
      this.stored = stored;
    }
  }

  /** A run that published nothing. */
  public static FinishRun failed(String message) {
    return new FinishRun(State.FAILED, 0, 0, 0, message);
  }

  /** A run that found nothing to do. */
  public static FinishRun nothingChanged() {
    return new FinishRun(State.NOTHING_CHANGED, 0, 0, 0, null);
  }

  /** Writes it down. */
  public void record(Connection connection, long version) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FINISH)) {
      statement.setString(1, state.stored);
      statement.setInt(2, hours);
      statement.setLong(3, rows);
      statement.setLong(4, duplicates);
      statement.setString(5, message);
      statement.setLong(6, version);
      statement.executeUpdate();
    }
  }
}
