package dev.weir.speed.commit;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * Where the commit log is. Travels with the job graph to the task managers.
 *
 * @param url JDBC URL, {@code jdbc:postgresql://host:port/database}; without credentials
 * @param password empty where the server asks for none; never shown by {@link #toString()}
 */
public record DatabaseAddress(String url, String user, String password) implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * A commit that the server has confirmed is on its disk, whatever is set for the role or the
   * database. And what the server does about a client that vanished in the middle of a transaction:
   * the head must not stay locked until the operating system notices.
   */
  private static final String SERVER_SETTINGS =
      "-c synchronous_commit=on -c idle_in_transaction_session_timeout=30s -c tcp_keepalives_idle=10"
          + " -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
          + " -c client_connection_check_interval=10s";

  /**
   * Checks that all three are there, that the driver will understand the URL, and that it hides
   * nothing.
   */
  public DatabaseAddress {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    if (holdsPassword(url)) {
      throw new IllegalArgumentException(
          "the database URL holds a password, which would be shown in logs; pass it in"
              + " WEIR_DATABASE_PASSWORD or --database.password-file");
    }
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "the database URL "
              + url
              + " is not a PostgreSQL one; write jdbc:postgresql://host:port/database");
    }
  }

  /** Whether a URL names a password, as a parameter or before the host; it must not be shown. */
  public static boolean holdsPassword(String url) {
    int parameters = url.indexOf('?');
    String location = parameters < 0 ? url : url.substring(0, parameters);
    return url.contains("password=") || location.contains("@");
  }

  /**
   * Opens a connection.
   *
   * @param application shown in {@code pg_stat_activity}
   */
  public Connection connect(Timeouts timeouts, String application) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("ApplicationName", application);
    properties.setProperty("connectTimeout", seconds(timeouts.connect()));
    properties.setProperty("loginTimeout", seconds(timeouts.connect()));
    properties.setProperty("socketTimeout", seconds(timeouts.socket()));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty(
        "options",
        SERVER_SETTINGS + " -c statement_timeout=" + timeouts.statement().toMillis() + "ms");
    // Not through DriverManager, which does not find the driver of a job's class loader when it was
    // set up before.
    return HiddenDriver.INSTANCE.connect(url, properties);
  }

  private static String seconds(Duration duration) {
    return Long.toString(duration.toSeconds());
  }

  @Override
  public String toString() {
    return user + " at " + url;
  }

  /**
   * The driver, unknown to DriverManager, which would keep every finished job's classes for ever.
   */
  private static final class HiddenDriver {
    static final Driver INSTANCE = load();

    private static Driver load() {
      Driver driver = new Driver();
      try {
        // A driver of the application itself is everybody's.
        if (Driver.class.getClassLoader() != ClassLoader.getSystemClassLoader()
            && Driver.isRegistered()) {
          Driver.deregister();
        }
      } catch (SQLException e) {
        throw new IllegalStateException("cannot take the driver back from DriverManager", e);
      }
      return driver;
    }
  }

  /**
   * How long a connection waits, whole seconds but for the statement.
   *
   * @param connect for the connection and the login
   * @param socket for an answer; longer than a statement may take, so that the server's error comes
   *     first
   * @param statement for a statement
   */
  public record Timeouts(Duration connect, Duration socket, Duration statement) {
    /** For commits; {@link StatementLimits} extends them for those that take longer. */
    public static final Timeouts COMMIT =
        new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(130), Duration.ofSeconds(120));

    /** For statements that something waits for. */
    public static final Timeouts SHORT =
        new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(12), Duration.ofSeconds(10));

    /** The same, with statements and answers waited for so many times longer. */
    Timeouts longer(int factor) {
      return new Timeouts(connect, socket.multipliedBy(factor), statement.multipliedBy(factor));
    }
  }
}
