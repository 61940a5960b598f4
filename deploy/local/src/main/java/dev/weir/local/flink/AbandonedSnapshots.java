package dev.weir.local.flink;

import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.FolderTree;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The checkpoints and savepoints that continue commits which a rewind removes: no job is accepted
 * from them again.
 *
 * @param first for each job: its first checkpoint that belongs to a removed commit
 */
public record AbandonedSnapshots(Map<String, Long> first) {
  private static final String QUERY =
      "SELECT job_id, min(checkpoint) FROM weir.ledger WHERE commit > ? GROUP BY job_id";

  public AbandonedSnapshots {
    first = Map.copyOf(first);
  }

  /** Those of the commits after the given one; to be asked while the ledger still knows them. */
  public static AbandonedSnapshots after(Connection connection, long commit) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(QUERY)) {
      query.setLong(1, commit);
      Map<String, Long> first = new TreeMap<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          first.put(rows.getString(1), rows.getLong(2));
        }
      }
      return new AbandonedSnapshots(first);
    }
  }

  /** Whether the rewind removes nothing. */
  public boolean isEmpty() {
    return first.isEmpty();
  }

  boolean contains(String jobId, Snapshot snapshot) {
    return snapshot.checkpoint() >= first.getOrDefault(jobId, Long.MAX_VALUE);
  }

  /** Deletes them. What several checkpoints of a job share stays. */
  public void delete(DataDirectory data) throws IOException {
    for (String job : first.keySet()) {
      for (Snapshot snapshot : Snapshot.of(data, job)) {
        if (contains(job, snapshot)) {
          FolderTree.delete(snapshot.path());
        }
      }
    }
  }
}
