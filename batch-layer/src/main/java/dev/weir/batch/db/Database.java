package dev.weir.batch.db;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * Where the serving database is and how to log in. Tasks open their own connections with it.
 *
 * @param url {@code jdbc:postgresql://host:port/name}
 * @param password empty: none is sent
 */
public record Database(String url, String user, String password) implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * What the server has confirmed is on its disk, whatever is set for the role or the database; and
   * a machine that vanished holds no lock for longer than half a minute. No limit for idle
   * transactions: an audit's waits for Spark.
   */
  private static final String SERVER_SETTINGS =
      "-c synchronous_commit=on -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5"
          + " -c tcp_keepalives_count=3 -c client_connection_check_interval=10s";

  public Database {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
  }

  /** How the connections of a run's tasks are named in {@code pg_stat_activity}. */
  public static String taskName(long version) {
    return "weir batch run " + version;
  }

  /** Opens a task's connection, named after its run: whoever replaces the run ends it, too. */
  public Connection connectTask(long version) throws SQLException {
    return connect(taskName(version));
  }

  /**
   * Opens a connection.
   *
   * @throws SQLException if the address is not PostgreSQL's or the database refuses
   */
  public Connection connect() throws SQLException {
    return connect("weir batch layer");
  }

  private Connection connect(String application) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    if (!password.isEmpty()) {
      properties.setProperty("password", password);
    }
    properties.setProperty("ApplicationName", application);
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("loginTimeout", "20");
    properties.setProperty("options", SERVER_SETTINGS);
    properties.setProperty("reWriteBatchedInserts", "true");
    // Asked directly: DriverManager looks for drivers with Spark's class loader, not the job's.
    Connection connection = new Driver().connect(url, properties);
    if (connection == null) {
      throw new SQLException(
          // Not repeated: it may hold a password.
          "the database URL is no PostgreSQL one; write jdbc:postgresql://host:port/name");
    }
    return connection;
  }

  /** The address and user, never the password. */
  @Override
  public String toString() {
    return url + " as " + user;
  }
}
