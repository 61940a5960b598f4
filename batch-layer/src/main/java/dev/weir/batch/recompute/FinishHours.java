package dev.weir.batch.recompute;

import dev.weir.batch.db.RunFence;
import dev.weir.batch.db.RunRefusedException;
import dev.weir.batch.select.RunPlan;
import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A task's connection, opened for the first event hour that it finishes. */
final class FinishHours implements Closeable {
  private final RunPlan plan;
  private Connection connection;

  FinishHours(RunPlan plan) {
    this.plan = plan;
  }

  /**
   * Checks an hour and writes its rows under the run's version.
   *
   * @param buckets all of the hour
   * @throws RunRefusedException if another run has taken this one's place
   */
  HourOutcome finish(int hour, List<BucketResult> buckets)
      throws SQLException, IOException, RunRefusedException {
    if (connection == null) {
      connection = plan.database().connectTask(plan.version());
      connection.setAutoCommit(false);
    }
    RunFence.share(connection, plan.version());
    HourOutcome outcome = new HourWork(plan, hour, buckets).run(connection);
    connection.commit();
    return outcome;
  }

  @Override
  public void close() throws IOException {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new IOException("cannot close the connection of a task", e);
      }
    }
  }
}
