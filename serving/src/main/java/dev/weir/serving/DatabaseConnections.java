package dev.weir.serving;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Opens connections to the database. Sessions speak UTC and carry the application's name. */
final class DatabaseConnections {
  /** Readers ask short questions: a few connections serve many of them. */
  private static final int READERS = 6;

  /** For what must be done while all readers are at work: keys, who did what, the health. */
  private static final int WRITERS = 2;

  private static final long CONNECT_MILLIS = 10_000;

  private DatabaseConnections() {}

  /**
   * Read-only connections for answers: a statement may run for 15 seconds. Just-in-time compilation
   * is off, because it takes longer than the short statements it would speed up. A sort of some ten
   * thousand rows stays in memory.
   */
  static ReadingConnections forReading(DatabaseOptions options) {
    HikariConfig config = config(options, "weir-serving", READERS);
    config.setReadOnly(true);
    // As answers want it: to change it for each would take three exchanges with the database.
    config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    config.setConnectionInitSql(
        "SET statement_timeout = '15s'; SET jit = off; SET work_mem = '16MB'; SET TIME ZONE 'UTC'");
    // The migration has just reached the database; what is wrong from now on /health says.
    config.setInitializationFailTimeout(-1);
    return new ReadingConnections(config);
  }

  /**
   * For the little that the application writes, and what it must know before it answers anything: a
   * statement may run for 5 seconds.
   */
  static HikariDataSource forWriting(DatabaseOptions options) {
    HikariConfig config = config(options, "weir-serving-writes", WRITERS);
    config.setMinimumIdle(0);
    config.setConnectionInitSql("SET statement_timeout = '5s'; SET TIME ZONE 'UTC'");
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  /** For roll-ups: one connection, which keeps what it knows of the many partitions. */
  static HikariDataSource forRollUps(DatabaseOptions options) {
    HikariConfig config = config(options, "weir-roll-ups", 1);
    config.setMinimumIdle(0);
    config.setConnectionInitSql("SET plan_cache_mode = force_custom_plan; SET TIME ZONE 'UTC'");
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  /** A connection each time, for changing tables. */
  static DataSource forMigration(DatabaseOptions options) {
    return forChanging(options, "weir-migrate");
  }

  /** A connection each time, for what is rarely done: none are kept. */
  static DataSource forChanging(DatabaseOptions options, String name) {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(options.url());
    database.setUser(options.user());
    database.setPassword(options.password());
    database.setApplicationName(name);
    database.setConnectTimeout((int) (CONNECT_MILLIS / 1000));
    return database;
  }

  /**
   * Whether the driver can read the URL. Of one that it cannot, it tells log and caller all of it,
   * password included: that is kept from both.
   */
  static boolean readable(String url) {
    Logger driver = Logger.getLogger("org.postgresql");
    Level before = driver.getLevel();
    driver.setLevel(Level.OFF);
    try {
      new PGSimpleDataSource().setUrl(url);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    } finally {
      driver.setLevel(before);
    }
  }

  private static HikariConfig config(DatabaseOptions options, String name, int connections) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(options.url());
    config.setUsername(options.user());
    config.setPassword(options.password());
    config.setMaximumPoolSize(connections);
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.addDataSourceProperty("ApplicationName", name);
    config.addDataSourceProperty("loginTimeout", CONNECT_MILLIS / 1000);
    config.addDataSourceProperty("socketTimeout", 600);
    return config;
  }
}
