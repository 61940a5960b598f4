package dev.weir.local.flink;

import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.Endpoints;
import dev.weir.local.runtime.LocalRuntimeException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The head of the commit log and the job that wrote it: whoever continues must start from this
 * job's checkpoint of that commit, or from a later one.
 */
public record CommitHead(long commit, String jobId, long checkpoint) {
  private static final String QUERY =
      "SELECT l.commit, l.job_id, l.checkpoint FROM weir.head h JOIN weir.ledger l USING (commit)";

  /** Empty before the first commit. */
  public static Optional<CommitHead> of(Endpoints endpoints) {
    try (Connection connection =
            DriverManager.getConnection(endpoints.jdbcUrl(), endpoints.user(), "");
        var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(QUERY)) {
      return rows.next()
          ? Optional.of(new CommitHead(rows.getLong(1), rows.getString(2), rows.getLong(3)))
          : Optional.empty();
    } catch (SQLException e) {
      throw new LocalRuntimeException("Cannot read the head of the commit log: " + e, e);
    }
  }

  /**
   * The snapshot to continue from.
   *
   * @throws LocalRuntimeException when there is none: starting without it would not be accepted
   */
  public Snapshot resumePoint(DataDirectory data) {
    Optional<Snapshot> newest = Snapshot.newest(data, jobId);
    if (newest.isEmpty() || newest.get().checkpoint() < checkpoint) {
      throw new LocalRuntimeException(
          "Commit "
              + commit
              + " was made at checkpoint "
              + checkpoint
              + " of job "
              + jobId
              + ", and neither "
              + data.checkpoints()
              + " nor "
              + data.savepoints()
              + " holds that checkpoint or one that continues it. To go on without it, from the Kafka"
              + " offsets of commit "
              + commit
              + ": weir up --take-over (duplicates of earlier events are then found by the batch"
              + " layer only).");
    }
    return newest.get();
  }
}
