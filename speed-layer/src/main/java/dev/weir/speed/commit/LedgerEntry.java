package dev.weir.speed.commit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * What the ledger says of a committable: its commit number and the checkpoint and job it came from.
 */
record LedgerEntry(long commit, long checkpoint, String jobId) {

  /** Looks a committable up; empty if it was never committed. */
  static Optional<LedgerEntry> find(Connection connection, UUID uuid) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(Statements.FIND_COMMIT)) {
      statement.setObject(1, uuid);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                new LedgerEntry(
                    row.getLong("commit"), row.getLong("checkpoint"), row.getString("job_id")))
            : Optional.empty();
      }
    }
  }
}
