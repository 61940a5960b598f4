package dev.weir.speed.commit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Keeps out commits that a rewind removed. A state from after the rewind's target still holds them,
 * and the first one's parent is the head again, but their files are deleted, or about to be.
 */
final class GivenUpFiles {

  private GivenUpFiles() {}

  /**
   * To be asked before the files are looked at: one that has left the list by then is missing.
   *
   * @throws CommitRefusedException if a file of the committable is to be deleted
   */
  static void requireNone(Connection connection, Committable committable, Head head)
      throws SQLException, CommitRefusedException {
    try (PreparedStatement find = connection.prepareStatement(Statements.FIND_GIVEN_UP_FILE)) {
      find.setArray(
          1,
          connection.createArrayOf(
              "text", committable.files().stream().map(f -> f.file().path()).toArray()));
      try (ResultSet row = find.executeQuery()) {
        if (row.next()) {
          throw Refusal.givenUp(
              "commit " + committable,
              row.getString("path"),
              head,
              LedgerEntry.find(connection, head.uuid()));
        }
      }
    }
  }
}
