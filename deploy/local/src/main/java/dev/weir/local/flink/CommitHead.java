package dev.weir.local.flink;

import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.Endpoints;
import dev.weir.local.runtime.LocalRuntimeException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The head of the commit log and the job that wrote it: whoever continues must start from this
 * job's checkpoint of that commit, or from a later one.
 *
 * @param rewound whether a rewind made it the head and nothing was committed since: what there is
 *     of the job's later checkpoints may then continue commits that are removed
 */
public record CommitHead(long commit, String jobId, long checkpoint, boolean rewound) {
  private static final String HEAD =
      """
      SELECT l.commit, l.job_id, l.checkpoint, l.commit IS NOT DISTINCT FROM (
        SELECT through_commit
        FROM weir.batch_run
        WHERE kind = 'rewind' AND state = 'published'
        ORDER BY version DESC
        LIMIT 1)
      FROM weir.head h
      JOIN weir.ledger l USING (commit)""";

  private static final String REWOUND =
      "SELECT commit, job_id, checkpoint, true FROM weir.ledger WHERE commit = ?";

  /** Empty before the first commit. */
  public static Optional<CommitHead> of(Endpoints endpoints) {
    return find(endpoints, HEAD);
  }

  /** The head after a rewind to this commit; empty for the empty log. */
  public static Optional<CommitHead> rewoundTo(Endpoints endpoints, long commit) {
    return find(endpoints, REWOUND, commit);
  }

  private static Optional<CommitHead> find(Endpoints endpoints, String query, Object... values) {
    try (Connection connection =
            DriverManager.getConnection(endpoints.jdbcUrl(), endpoints.user(), "");
        PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      ResultSet rows = statement.executeQuery(); // closed with its statement
      return rows.next()
          ? Optional.of(
              new CommitHead(
                  rows.getLong(1), rows.getString(2), rows.getLong(3), rows.getBoolean(4)))
          : Optional.empty();
    } catch (SQLException e) {
      throw new LocalRuntimeException("Cannot read the commit log: " + e, e);
    }
  }

  /**
   * The snapshot to continue from: the newest, because what was committed last it continues, too.
   * After a rewind that of the commit itself, or the first after it, should {@link
   * AbandonedSnapshots} be left: later ones may hold commits that were removed.
   */
  public Optional<Snapshot> snapshot(DataDirectory data) {
    Comparator<Snapshot> byCheckpoint = Comparator.comparing(Snapshot::checkpoint);
    return continuing(data).max(rewound ? byCheckpoint.reversed() : byCheckpoint);
  }

  /** Whether there will be such a snapshot once the abandoned ones are deleted. */
  public boolean hasSnapshotBeside(AbandonedSnapshots abandoned, DataDirectory data) {
    return continuing(data).anyMatch(snapshot -> !abandoned.contains(jobId, snapshot));
  }

  private Stream<Snapshot> continuing(DataDirectory data) {
    return Snapshot.of(data, jobId).stream()
        .filter(snapshot -> snapshot.checkpoint() >= checkpoint);
  }

  /**
   * That {@link #snapshot}.
   *
   * @throws LocalRuntimeException when there is none: starting without it would not be accepted
   */
  public Snapshot resumePoint(DataDirectory data) {
    return snapshot(data)
        .orElseThrow(
            () ->
                new LocalRuntimeException(
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
                        + " holds that checkpoint or one that continues it. To go on without it,"
                        + " from the Kafka offsets of commit "
                        + commit
                        + ": "
                        + data.command("up --take-over")
                        + " (duplicates of earlier events are then found by"
                        + " the batch layer only)."));
  }
}
