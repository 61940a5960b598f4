package dev.weir.benchmark.drain;

import dev.weir.benchmark.SqlText;
import dev.weir.db.CubeTables;
import dev.weir.pipeline.Pipeline;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How many events a reader of the database sees at this moment, committed and live. */
final class CountedEvents implements AutoCloseable {
  private final PreparedStatement counted;
  private final PreparedStatement read;

  /**
   * Prepares the question.
   *
   * @param connection stays the caller's
   */
  CountedEvents(Connection connection, Pipeline pipeline) throws SQLException {
    // Every event is in every cube; the first is the small one.
    String live = CubeTables.of(pipeline, pipeline.cubes().get(0)).liveTable();
    counted =
        connection.prepareStatement(
            SqlText.read(CountedEvents.class, "events_counted").replace("${live_table}", live));
    read = connection.prepareStatement(SqlText.read(CountedEvents.class, "records_committed"));
  }

  /** Events counted, those of epochs not yet committed included. */
  long now() throws SQLException {
    return single(counted);
  }

  /** Records that commits account for, whatever became of them. */
  long committedRecords() throws SQLException {
    return single(read);
  }

  private static long single(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() throws SQLException {
    counted.close();
    read.close();
  }
}
