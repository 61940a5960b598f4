package dev.weir.serving.migrate;

import dev.weir.db.CubeTables;
import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Pipeline;
import dev.weir.serving.rollup.RollUpTables;
import dev.weir.serving.sql.SqlNames;
import dev.weir.serving.sql.SqlTemplate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Brings a database to the state a declaration asks for: versioned tables, SQL functions, the
 * cubes' tables, the registered definitions and the merged views. Running it again changes nothing;
 * two at a time take turns.
 *
 * <p>It never deletes a row. A cube whose definition changed keeps its old views until the batch
 * layer has covered the new definition; {@link #switchViews} then puts the new ones in place.
 */
public final class Migration {
  private static final Logger LOG = LoggerFactory.getLogger(Migration.class);
  private static final List<String> STATIC_VIEWS =
      List.of("reconciliation", "disagreements", "sealed_hours", "conservation", "dead_letters");

  /** Which roll-ups the cubes' views may read. */
  private static final List<String> ROLL_UP_VIEWS = List.of("roll_up_in_use", "roll_up_state");

  /** What readers may do. */
  private static final String GRANTS = "db/reader/grant.sql";

  private final DataSource database;
  private final Pipeline pipeline;
  private final String declaration;

  /**
   * @param database gives connections that may create and change tables
   * @param declaration the text that {@code pipeline} was read from
   */
  public Migration(DataSource database, Pipeline pipeline, String declaration) {
    this.database = database;
    this.pipeline = pipeline;
    this.declaration = declaration;
  }

  /**
   * Migrates.
   *
   * @throws MigrationException if the database cannot be reached or belongs to another pipeline
   */
  public void run() {
    try (Connection lock = database.getConnection()) {
      // Held by the session until it closes, so that it also covers Flyway's own transactions.
      execute(lock, "SET lock_timeout = '5min'; SELECT pg_advisory_lock(hashtext('weir.migrate'))");
      requireOwnDatabase(lock);
      int applied = migrateTables();
      try (Connection connection = database.getConnection()) {
        execute(connection, "SET lock_timeout = '30s'");
        connection.setAutoCommit(false);
        for (Cube cube : pipeline.cubes()) {
          tables(connection, CubeTables.of(pipeline, cube));
        }
        functions(connection);
        // Late, because it may keep commits waiting.
        register(connection);
        views(connection);
        execute(connection, SqlTemplate.text("db/comment/migrations.sql"));
        execute(connection, SqlTemplate.text("db/reader/create_group.sql"));
        execute(connection, SqlTemplate.text(GRANTS));
        connection.commit();
        explainReaders(connection);
      }
      LOG.info(
          "Database is up to date for pipeline {}: {} table migrations applied, cubes {}",
          pipeline.name(),
          applied,
          pipeline.cubes().stream().map(Cube::name).toList());
    } catch (SQLException e) {
      throw MigrationException.of(pipeline, e);
    } catch (FlywayException e) {
      throw new MigrationException(
          "the tables of pipeline " + pipeline.name() + " could not be migrated: " + e.getMessage(),
          e);
    }
  }

  /** Puts the views of newly covered definitions in place. Cheap when there is nothing to do. */
  public void switchViews() {
    try (Connection connection = database.getConnection()) {
      execute(connection, "SET lock_timeout = '5s'");
      ViewSwitch views = new ViewSwitch(connection, pipeline);
      // Each for itself: no cube's views keep another's from being known to be whole.
      for (Cube cube : pipeline.cubes()) {
        views.noteIfComplete(cube);
      }
      connection.setAutoCommit(false);
      execute(connection, "SELECT pg_advisory_xact_lock(hashtext('weir.migrate'))");
      for (Cube cube : pipeline.cubes()) {
        views.show(cube);
      }
      execute(connection, SqlTemplate.text(GRANTS));
      connection.commit();
    } catch (SQLException e) {
      throw MigrationException.of(pipeline, e);
    }
  }

  private void requireOwnDatabase(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet exists =
          statement.executeQuery("SELECT to_regclass('weir.pipeline') IS NOT NULL")) {
        exists.next();
        if (!exists.getBoolean(1)) {
          return;
        }
      }
      try (ResultSet names =
          statement.executeQuery(SqlTemplate.text("db/registration/pipeline_name.sql"))) {
        if (names.next() && !names.getString(1).equals(pipeline.name())) {
          throw new MigrationException(
              "this database belongs to the pipeline "
                  + names.getString(1)
                  + ", not to "
                  + pipeline.name()
                  + ": name another database in --database.url, or give this pipeline its old name back",
              null);
        }
      }
    }
  }

  /**
   * Each table on its own: a new column locks all of its days against readers, too, and whoever
   * held two such locks would wait for a reader who waits for him.
   */
  private static void tables(Connection connection, CubeTables tables) throws SQLException {
    for (String statement : tables.ddl()) {
      execute(connection, statement);
      connection.commit();
    }
    new RollUpTables(tables).create(connection);
  }

  private int migrateTables() {
    return Flyway.configure()
        .dataSource(database)
        .locations("classpath:db/migration")
        .defaultSchema("weir")
        .load()
        .migrate()
        .migrationsExecuted;
  }

  private void register(Connection connection) throws SQLException {
    update(connection, "db/registration/pipeline.sql", pipeline.name(), declaration);
    List<String> current = new ArrayList<>();
    for (Cube cube : pipeline.cubes()) {
      current.add(cube.name() + " " + cube.definitionHash());
    }
    Object definitions = connection.createArrayOf("text", current.toArray());
    keepCommitsOut(connection, definitions);
    update(connection, "db/registration/retire.sql", definitions);
    for (Cube cube : pipeline.cubes()) {
      update(connection, "db/registration/cube.sql", cube.name(), cube.definitionHash());
    }
  }

  private static void keepCommitsOut(Connection connection, Object definitions)
      throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement(SqlTemplate.text("db/registration/keep_commits_out.sql"))) {
      lock.setObject(1, definitions);
      lock.executeQuery().close();
    }
  }

  private static void functions(Connection connection) throws SQLException {
    try {
      Resource[] scripts =
          new PathMatchingResourcePatternResolver().getResources("classpath*:db/function/*.sql");
      Arrays.sort(scripts, Comparator.comparing(Resource::getFilename));
      for (Resource script : scripts) {
        execute(connection, script.getContentAsString(java.nio.charset.StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void views(Connection connection) throws SQLException {
    FixedViews fixed = new FixedViews(connection);
    for (String view : ROLL_UP_VIEWS) {
      fixed.show("weir." + view, SqlTemplate.text("db/view/" + view + ".sql"));
    }
    showCubes(connection);
    for (String view : STATIC_VIEWS) {
      fixed.show("serving." + view, SqlTemplate.text("db/view/" + view + ".sql"));
    }
    List<Map<String, String>> cubes = new ArrayList<>();
    for (Cube cube : pipeline.cubes()) {
      CubeTables tables = CubeTables.of(pipeline, cube);
      cubes.add(Map.of("live_table", tables.liveTable(), "cube", SqlNames.literal(cube.name())));
    }
    fixed.show(
        "serving.freshness",
        SqlTemplate.load("db/view/freshness.sql").fill(Map.of(), Map.of("cube", cubes)));
  }

  private void showCubes(Connection connection) throws SQLException {
    ViewSwitch views = new ViewSwitch(connection, pipeline);
    Set<String> waiting = new HashSet<>();
    for (Cube cube : pipeline.cubes()) {
      views.noteIfComplete(cube);
      if (!views.show(cube)) {
        waiting.add(cube.name());
        LOG.info(
            "Cube {} shows its old definition until the batch layer has covered the new one",
            cube.name());
      }
    }
    new ObsoleteViews(connection).drop(views.declared(), waiting);
  }

  private static void explainReaders(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet missing = statement.executeQuery(SqlTemplate.text("db/reader/missing.sql"))) {
      missing.next();
      if (missing.getBoolean(1)) {
        LOG.info(
            "There is no role weir_reader, and this user may not create it. For logins that only"
                + " read, have an administrator run CREATE ROLE weir_reader NOLOGIN, and migrate"
                + " again");
      }
    }
  }

  private static void update(Connection connection, String script, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SqlTemplate.text(script))) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
