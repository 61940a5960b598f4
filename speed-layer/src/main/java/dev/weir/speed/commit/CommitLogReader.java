package dev.weir.speed.commit;

import dev.weir.speed.commit.StartingPoint.NextOffset;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads the commit log without taking part in it. */
public final class CommitLogReader {
  private CommitLogReader() {}

  /**
   * The head and the offsets that follow from it, for a job that takes over without state.
   *
   * @throws CommitLogException if the database cannot be asked
   */
  public static StartingPoint startingPoint(DatabaseAddress database) {
    try (Connection connection =
        database.connect(DatabaseAddress.Timeouts.SHORT, "weir take over")) {
      // One snapshot, so that the offsets are exactly the head's.
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      StartingPoint point = new StartingPoint(Head.read(connection).uuid(), offsets(connection));
      connection.commit();
      return point;
    } catch (SQLException e) {
      throw new CommitLogException(
          ("cannot read the offsets to take over from in the database of %s: %s. Check "
                  + "--database.url and --database.user, and that `weir migrate` was run")
              .formatted(database, e.getMessage()),
          e);
    }
  }

  private static List<NextOffset> offsets(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(Statements.READ_NEXT_OFFSETS);
        ResultSet row = statement.executeQuery()) {
      List<NextOffset> offsets = new ArrayList<>();
      while (row.next()) {
        offsets.add(
            new NextOffset(
                row.getString("source"),
                row.getString("topic"),
                row.getInt("partition"),
                row.getLong("next_offset")));
      }
      return offsets;
    }
  }
}
