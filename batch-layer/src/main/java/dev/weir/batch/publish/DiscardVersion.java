package dev.weir.batch.publish;

import dev.weir.batch.db.SqlFile;
import dev.weir.batch.db.Transaction;
import dev.weir.batch.db.UtcTime;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes the rows of versions, or hours of a version, that were not published, and lets go of
 * their files. Of every cube that ever was: an interrupted run may have had another declaration.
 */
public final class DiscardVersion {
  private static final String UNPUBLISHED = SqlFile.read(DiscardVersion.class, "unpublished-rows");
  private static final String FORGET = SqlFile.read(DiscardVersion.class, "forget-digests");

  private final Connection connection;

  public DiscardVersion(Connection connection) {
    this.connection = connection;
  }

  /**
   * Removes everything a version left that is not published. Safe to repeat.
   *
   * @param version of a run that is over
   */
  public void discard(long version) throws SQLException {
    Transaction.<SQLException>run(
        connection,
        () -> {
          rows(version);
          LetGoOfFiles.announced(connection, version);
        });
  }

  /** Removes the version's rows where it is not published, in the caller's transaction. */
  public void rows(long version) throws SQLException {
    for (Rows rows : unpublished(version)) {
      delete(rows, version);
    }
  }

  /** Where the version's rows are, by their digests: written in the same transactions. */
  private List<Rows> unpublished(long version) throws SQLException {
    List<Rows> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(UNPUBLISHED)) {
      statement.setLong(1, version);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(
              new Rows(
                  rows.getString(1),
                  rows.getString(2),
                  rows.getString(3),
                  rows.getString(4),
                  new Day(UtcTime.millis(rows, 5)),
                  rows.getArray(6)));
        }
      }
    }
    return found;
  }

  private void delete(Rows rows, long version) throws SQLException {
    try (PreparedStatement delete =
            connection.prepareStatement(
                "DELETE FROM "
                    + rows.table()
                    + " WHERE event_hour = ANY (?) AND version = ? AND "
                    + rows.day().condition());
        PreparedStatement forget = connection.prepareStatement(FORGET)) {
      delete.setArray(1, rows.hours());
      delete.setLong(2, version);
      delete.executeUpdate();
      forget.setString(1, rows.cube());
      forget.setString(2, rows.definition());
      forget.setString(3, rows.layer());
      forget.setLong(4, version);
      forget.setArray(5, rows.hours());
      forget.executeUpdate();
    }
  }

  /** Rows of one day of a table. */
  private record Rows(
      String table, String cube, String definition, String layer, Day day, Array hours) {}
}
