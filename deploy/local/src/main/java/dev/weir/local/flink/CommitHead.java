package dev.weir.local.flink;

import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.Endpoints;
import dev.weir.local.runtime.LocalRuntimeException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Optional;

/**
 * The head of the commit log and the job that wrote it: whoever continues must start from this
 * job's checkpoint of that commit, or from a later one.
 *
 * @param rewound whether a rewind made it the head and nothing was committed since: what there is
 *     of the job's later checkpoints may then continue commits that are removed
 */
public record CommitHead(long commit, String jobId, long checkpoint, boolean rewound) {
  private static final String QUERY =
      """
      SELECT l.commit, l.job_id, l.checkpoint, l.commit IS NOT DISTINCT FROM (
        SELECT through_commit
        FROM weir.batch_run
        WHERE kind = 'rewind' AND state = 'published'
        ORDER BY version DESC
        LIMIT 1)
      FROM weir.head h
      JOIN weir.ledger l USING (commit)""";

  /** Empty before the first commit. */
  public static Optional<CommitHead> of(Endpoints endpoints) {
    try (Connection connection =
            DriverManager.getConnection(endpoints.jdbcUrl(), endpoints.user(), "");
        var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(QUERY)) {
      return rows.next()
          ? Optional.of(
              new CommitHead(
                  rows.getLong(1), rows.getString(2), rows.getLong(3), rows.getBoolean(4)))
          : Optional.empty();
    } catch (SQLException e) {
      throw new LocalRuntimeException("Cannot read the head of the commit log: " + e, e);
    }
  }

  /**
   * The snapshot to continue from: the newest, because what was committed last it continues, too.
   * After a rewind that of the commit itself, or the first after it, should {@link
   * AbandonedSnapshots} be left: later ones may hold commits that were removed.
   *
   * @throws LocalRuntimeException when there is none: starting without it would not be accepted
   */
  public Snapshot resumePoint(DataDirectory data) {
    Comparator<Snapshot> byCheckpoint = Comparator.comparing(Snapshot::checkpoint);
    Optional<Snapshot> best =
        Snapshot.of(data, jobId).stream()
            .filter(snapshot -> snapshot.checkpoint() >= checkpoint)
            .max(rewound ? byCheckpoint.reversed() : byCheckpoint);
    if (best.isEmpty()) {
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
    return best.get();
  }
}
