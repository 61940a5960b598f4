package dev.weir.batch.select;

import dev.weir.batch.db.SqlFile;
import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Pipeline;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * The pipeline's cubes as the database knows them.
 *
 * @param names of the cubes, in the pipeline's order
 * @param definitions their definition hashes
 * @param sinceCommits commits after these have speed rows of the definitions
 * @param absorbedThrough every event hour has absorbed its commits up to these
 * @param redefined whether a cube ever had another definition
 */
@SuppressWarnings("ArrayRecordComponent") // Columns to bind as they are; never compared.
public record DeclaredCubes(
    String[] names,
    String[] definitions,
    long[] sinceCommits,
    long[] absorbedThrough,
    boolean[] redefined) {
  private static final String DECLARED = SqlFile.read(DeclaredCubes.class, "declared-cubes");

  /**
   * Looks the cubes up.
   *
   * @throws NotMigratedException if a definition is not registered
   */
  public static DeclaredCubes lookUp(Pipeline pipeline, Connection connection)
      throws SQLException, NotMigratedException {
    String[] names = pipeline.cubes().stream().map(Cube::name).toArray(String[]::new);
    String[] definitions =
        pipeline.cubes().stream().map(Cube::definitionHash).toArray(String[]::new);
    DeclaredCubes cubes =
        new DeclaredCubes(
            names,
            definitions,
            new long[names.length],
            new long[names.length],
            new boolean[names.length]);
    try (PreparedStatement statement = connection.prepareStatement(DECLARED)) {
      cubes.bind(statement, 1);
      try (ResultSet rows = statement.executeQuery()) {
        for (int i = 0; rows.next(); i++) {
          cubes.sinceCommits[i] = rows.getLong(2);
          cubes.absorbedThrough[i] = rows.getLong(3);
          if (rows.wasNull()) {
            throw new NotMigratedException(
                "cube '" + names[i] + "' with definition " + definitions[i] + " is not registered");
          }
          cubes.redefined[i] = rows.getBoolean(4);
        }
      }
    }
    return cubes;
  }

  /** Binds names and definitions as two text arrays. */
  public void bind(PreparedStatement statement, int first) throws SQLException {
    statement.setArray(first, statement.getConnection().createArrayOf("text", names));
    statement.setArray(first + 1, statement.getConnection().createArrayOf("text", definitions));
  }

  /** Every event hour of every cube has absorbed its commits up to this one. */
  public long allAbsorbedThrough() {
    return Arrays.stream(absorbedThrough).min().orElse(0);
  }
}
