package dev.weir.batch.rewind;

import dev.weir.batch.db.RunRefusedException;
import dev.weir.batch.db.SqlFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * The commit that becomes the head.
 *
 * @param commit its number; 0: the empty log
 * @param uuid of its committable; all zero for the empty log
 * @param checkpoint that ended its epoch; 0 for the empty log
 * @param jobId the job that prepared it; null for the empty log
 * @param head number of the present head
 * @param headUuid of the present head
 */
public record RewindTarget(
    long commit, UUID uuid, long checkpoint, String jobId, long head, UUID headUuid) {
  private static final String FIND = SqlFile.read(RewindTarget.class, "target");

  /**
   * Looks the commit up.
   *
   * @throws RunRefusedException if the ledger does not know it
   */
  public static RewindTarget find(Connection connection, long commit)
      throws SQLException, RunRefusedException {
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setLong(1, commit);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        if (!row.getBoolean(6)) {
          throw unknown(commit, row);
        }
        return new RewindTarget(
            commit,
            row.getObject(3, UUID.class),
            row.getLong(4),
            row.getString(5),
            row.getLong(1),
            row.getObject(2, UUID.class));
      }
    }
  }

  /** Whether there is nothing to remove. */
  public boolean isHead() {
    return uuid.equals(headUuid);
  }

  private static RunRefusedException unknown(long commit, ResultSet row) throws SQLException {
    String before = row.getString(7);
    String after = row.getString(8);
    return new RunRefusedException(
        "cannot rewind to commit "
            + commit
            + ": it is not in the ledger, whose head is "
            + (row.getLong(1) == 0 ? "the empty log" : "commit " + row.getLong(1))
            + ". Next to it are "
            + (before == null ? "the empty log (0)" : "commit " + before)
            + (after == null ? "" : " and commit " + after)
            + "; nothing was changed");
  }
}
