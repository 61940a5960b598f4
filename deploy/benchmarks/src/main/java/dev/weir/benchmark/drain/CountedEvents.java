package dev.weir.benchmark.drain;

import dev.weir.benchmark.Committed;
import dev.weir.benchmark.SqlText;
import dev.weir.db.CubeTables;
import dev.weir.pipeline.Pipeline;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How many events a reader of the database sees at this moment, committed and live. */
final class CountedEvents implements AutoCloseable {
  private final Connection connection;
  private final PreparedStatement counted;

  /**
   * Prepares the question.
   *
   * @param connection stays the caller's
   */
  CountedEvents(Connection connection, Pipeline pipeline) throws SQLException {
    this.connection = connection;
    // Every event is in every cube; the first is the small one.
    String live = CubeTables.of(pipeline, pipeline.cubes().get(0)).liveTable();
    counted =
        connection.prepareStatement(
            SqlText.read(CountedEvents.class, "events_counted").replace("${live_table}", live));
  }

  /** Events counted, those of epochs not yet committed included. */
  long now() throws SQLException {
    try (ResultSet row = counted.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Records that commits account for, whatever became of them. */
  long committedRecords() {
    return Committed.records(connection);
  }

  @Override
  public void close() throws SQLException {
    counted.close();
  }
}
