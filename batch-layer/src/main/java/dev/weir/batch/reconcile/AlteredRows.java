package dev.weir.batch.reconcile;

import dev.weir.batch.db.SqlFile;
import dev.weir.batch.db.UtcTime;
import dev.weir.batch.wording.Counted;
import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Compares the rows of one event hour in a cube's table with the digests noted when written. */
public final class AlteredRows {
  private static final String ALTERED = SqlFile.read(AlteredRows.class, "altered-rows");

  private AlteredRows() {}

  /**
   * Compares the rows of the commits, or versions, in (after, through].
   *
   * @return what differs: each commit or version whose rows are not those that were written, with
   *     both numbers of rows; empty if all are
   */
  public static List<String> among(
      Connection connection,
      CubeTables cube,
      CubeTable table,
      long hourMillis,
      long after,
      long through)
      throws SQLException {
    List<String> altered = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(ALTERED)) {
      statement.setString(1, table.layer());
      statement.setString(2, cube.cube().name());
      statement.setString(3, cube.cube().definitionHash());
      statement.setObject(4, UtcTime.ofMillis(hourMillis));
      statement.setLong(5, after);
      statement.setLong(6, through);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          altered.add(
              table.keyColumns().get(0)
                  + " "
                  + rows.getLong(1)
                  + " wrote "
                  + Counted.of(rows.getLong(2), "row")
                  + ", "
                  + rows.getLong(3)
                  + " are found"
                  + (rows.getLong(2) == rows.getLong(3) ? ", changed" : ""));
        }
      }
    }
    return altered;
  }
}
