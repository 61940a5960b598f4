package dev.weir.speed.commit;

import dev.weir.db.CubeTables;
import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Pipeline;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses to start on a database that was not migrated for this pipeline. */
public final class SchemaCheck {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaCheck.class);

  /** SQLSTATE undefined_table. */
  private static final String NO_SUCH_TABLE = "42P01";

  private static final String REMEDY =
      "Run `weir migrate` (java -jar weir-serving.jar migrate --pipeline FILE "
          + "--database.url %s --database.user %s), then start the job again";

  private SchemaCheck() {}

  /**
   * Checks that the database belongs to the pipeline and knows the current definition of every
   * cube. A server that may forget commits is accepted, with a warning in the log.
   *
   * @throws IllegalStateException saying what is missing and that {@code weir migrate} creates it
   * @throws CommitLogException if the database cannot be asked
   */
  public static void check(DatabaseAddress database, Pipeline pipeline) {
    try (Connection connection = database.connect(DatabaseAddress.Timeouts.SHORT, "weir check")) {
      requirePipeline(connection, database, pipeline);
      Durability.warning(connection, database).ifPresent(LOG::warn);
      List<String> missing = new ArrayList<>();
      for (Cube cube : pipeline.cubes()) {
        if (!isReady(connection, cube, CubeTables.of(pipeline, cube))) {
          missing.add(cube.name() + " (definition " + cube.definitionHash() + ")");
        }
      }
      if (!missing.isEmpty()) {
        throw new IllegalStateException(
            "the database of %s does not know the declared definition of %s. %s"
                .formatted(database, String.join(", ", missing), remedy(database)));
      }
    } catch (SQLException e) {
      if (NO_SUCH_TABLE.equals(e.getSQLState())) {
        throw new IllegalStateException(
            "the database of %s holds no commit log. %s".formatted(database, remedy(database)), e);
      }
      throw new CommitLogException(
          ("cannot check the tables in the database of %s: %s. Check --database.url, "
                  + "--database.user and the password")
              .formatted(database, e.getMessage()),
          e);
    }
  }

  private static void requirePipeline(
      Connection connection, DatabaseAddress database, Pipeline pipeline) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(Statements.READ_PIPELINE);
        ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        throw new IllegalStateException(
            "the database of %s belongs to no pipeline yet. %s"
                .formatted(database, remedy(database)));
      }
      String name = row.getString("name");
      if (!name.equals(pipeline.name())) {
        throw new IllegalStateException(
            ("the database of %s belongs to pipeline %s, not to %s. A database holds one "
                    + "pipeline: name another database in --database.url, or start pipeline %s")
                .formatted(database, name, pipeline.name(), name));
      }
      if (!row.getBoolean("is_migrated")) {
        throw new IllegalStateException(
            "the tables in the database of %s are those of an older version. %s"
                .formatted(database, remedy(database)));
      }
    }
  }

  private static boolean isReady(Connection connection, Cube cube, CubeTables tables)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(Statements.READ_DEFINITION)) {
      statement.setString(1, tables.speedTable());
      statement.setString(2, tables.liveTable());
      statement.setString(3, cube.name());
      statement.setString(4, cube.definitionHash());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean("current") && row.getBoolean("has_tables");
      }
    }
  }

  private static String remedy(DatabaseAddress database) {
    return REMEDY.formatted(database.url(), database.user());
  }
}
