package dev.weir.db;

import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Pipeline;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A fresh database with Weir's tables, on one PostgreSQL server that a JVM's tests share. The
 * server listens on loopback only, trusts its one user and stops with the JVM.
 */
public final class TestDatabase implements AutoCloseable {
  private static final String USER = "postgres";
  private static final AtomicInteger COUNTER = new AtomicInteger();

  private final String name;
  private final PGSimpleDataSource dataSource;

  private TestDatabase(String name) {
    this.name = name;
    this.dataSource = new PGSimpleDataSource();
    dataSource.setUrl(Server.jdbcUrl(name));
    dataSource.setUser(USER);
  }

  /** A database without anything in it. */
  public static TestDatabase empty() {
    return like("template1");
  }

  /** A database with the commit log's tables; they are migrated once for all of them. */
  public static TestDatabase migrated() {
    return like(Migrated.NAME);
  }

  /** Another database with the same content. Nobody may be connected to this one meanwhile. */
  public TestDatabase copy() {
    return like(name);
  }

  private static TestDatabase like(String template) {
    String name = "weir_test_" + COUNTER.incrementAndGet();
    executeOn(Server.maintenance(), "CREATE DATABASE " + name + " TEMPLATE " + template);
    return new TestDatabase(name);
  }

  /** A database with the commit log's tables, the pipeline's cubes declared and their tables. */
  public static TestDatabase create(Pipeline pipeline) {
    TestDatabase database = migrated();
    database.declare(pipeline);
    return database;
  }

  /** Applies the migrations under {@code db/migration}. */
  public void migrate() {
    Flyway.configure()
        .dataSource(dataSource)
        .locations("classpath:db/migration")
        .defaultSchema("weir")
        .createSchemas(true)
        .load()
        .migrate();
  }

  /** Makes that pipeline's cubes the current definitions and creates their tables. */
  public void declare(Pipeline pipeline) {
    try (Connection connection = connect();
        Statement tables = connection.createStatement()) {
      for (Cube cube : pipeline.cubes()) {
        for (String ddl : CubeTables.of(pipeline, cube).ddl()) {
          tables.execute(ddl);
        }
      }
      try (PreparedStatement statement =
          connection.prepareStatement(
              """
              INSERT INTO weir.pipeline (name, declaration) VALUES (?, ?)
              ON CONFLICT (only_row) DO UPDATE SET declaration = excluded.declaration""")) {
        statement.setString(1, pipeline.name());
        statement.setString(2, pipeline.toString());
        statement.executeUpdate();
      }
      tables.execute("UPDATE weir.cube SET current = false");
      try (PreparedStatement statement =
          connection.prepareStatement(
              """
              INSERT INTO weir.cube (cube, definition_hash, since_commit, current)
              SELECT ?, ?, head.commit, true FROM weir.head
              ON CONFLICT (cube, definition_hash) DO UPDATE SET current = true""")) {
        for (Cube cube : pipeline.cubes()) {
          statement.setString(1, cube.name());
          statement.setString(2, cube.definitionHash());
          statement.executeUpdate();
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("could not declare the cubes of " + pipeline.name(), e);
    }
  }

  public String jdbcUrl() {
    return dataSource.getUrl();
  }

  public String user() {
    return USER;
  }

  /** Opens a connection per call. */
  public DataSource dataSource() {
    return dataSource;
  }

  public Connection connect() throws SQLException {
    return dataSource.getConnection();
  }

  /** Executes statements, each on its own. */
  public void execute(String sql) {
    executeOn(dataSource, sql);
  }

  /** The single value of a query, as PostgreSQL's text; null for NULL or no row. */
  public String query(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The single value of a query for a whole number. */
  public long queryLong(String sql) {
    return Long.parseLong(query(sql));
  }

  /** Drops the database, disconnecting whoever still uses it. */
  @Override
  public void close() {
    executeOn(Server.maintenance(), "DROP DATABASE " + name + " WITH (FORCE)");
  }

  private static void executeOn(DataSource dataSource, String sql) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** Made when the first database with tables is asked for. */
  private static final class Migrated {
    private static final String NAME = migrate();

    private Migrated() {}

    private static String migrate() {
      TestDatabase database = empty();
      database.migrate();
      return database.name;
    }
  }

  /** Started when the first database is asked for. */
  private static final class Server {
    private static final EmbeddedPostgres POSTGRES = start();

    private Server() {}

    @SuppressWarnings("AddressSelection")
    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("max_connections", "100")
            .setServerConfig("fsync", "off")
            .setServerConfig("timezone", "UTC")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException("the embedded PostgreSQL did not start", e);
      }
    }

    static DataSource maintenance() {
      return POSTGRES.getPostgresDatabase();
    }

    static String jdbcUrl(String database) {
      return "jdbc:postgresql://127.0.0.1:" + POSTGRES.getPort() + "/" + database;
    }
  }
}
