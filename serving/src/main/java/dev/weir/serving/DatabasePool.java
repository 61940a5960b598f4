package dev.weir.serving;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** Opens the connection pools. Sessions speak UTC and carry the application's name. */
final class DatabasePool {
  /** Readers ask short questions: a few connections serve many of them. */
  private static final int READERS = 6;

  /** The lock, Flyway's own two, and the one that does the work. */
  private static final int MIGRATION = 4;

  private static final long CONNECT_MILLIS = 10_000;

  private DatabasePool() {}

  /**
   * Read-only connections for answers: a statement may run for 15 seconds. Just-in-time compilation
   * is off, because it takes longer than the short statements it would speed up.
   */
  static HikariDataSource forReading(ServingOptions options) {
    HikariConfig config = config(options, "weir-serving", READERS);
    config.setReadOnly(true);
    config.setConnectionInitSql(
        "SET statement_timeout = '15s'; SET jit = off; SET TIME ZONE 'UTC'");
    // The application starts, and says what is wrong under /health, while the database is away.
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  /** Connections that change tables. */
  static HikariDataSource forMigration(ServingOptions options) {
    HikariConfig config = config(options, "weir-migrate", MIGRATION);
    config.setMinimumIdle(0);
    config.setConnectionInitSql("SET TIME ZONE 'UTC'");
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  private static HikariConfig config(ServingOptions options, String name, int connections) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(options.databaseUrl());
    config.setUsername(options.databaseUser());
    config.setPassword(options.databasePassword());
    config.setMaximumPoolSize(connections);
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.addDataSourceProperty("ApplicationName", name);
    config.addDataSourceProperty("loginTimeout", CONNECT_MILLIS / 1000);
    config.addDataSourceProperty("socketTimeout", 600);
    return config;
  }
}
