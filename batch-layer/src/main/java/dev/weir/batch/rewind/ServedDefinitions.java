package dev.weir.batch.rewind;

import dev.weir.batch.db.SqlFile;
import dev.weir.batch.select.DeclaredCubes;
import dev.weir.batch.select.NotMigratedException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Makes sure that what is recomputed are the definitions being served, all of them. */
public final class ServedDefinitions {
  private static final String CURRENT = SqlFile.read(ServedDefinitions.class, "current-cubes");

  private ServedDefinitions() {}

  /**
   * Compares.
   *
   * @throws NotMigratedException if the declaration is not the one the database was last migrated
   *     to
   */
  public static void require(Connection connection, DeclaredCubes cubes)
      throws SQLException, NotMigratedException {
    List<String> declared =
        IntStream.range(0, cubes.names().length)
            .mapToObj(i -> cubes.names()[i] + " " + cubes.definitions()[i])
            .sorted()
            .toList();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(CURRENT)) {
      row.next();
      List<String> served = Arrays.stream((String[]) row.getArray(1).getArray()).sorted().toList();
      if (!served.equals(declared)) {
        throw new NotMigratedException(
            "the database serves other definitions than the declaration has");
      }
    }
  }
}
