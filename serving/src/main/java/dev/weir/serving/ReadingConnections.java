package dev.weir.serving;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;

/**
 * The connections that answers are read through. When none becomes free in time it says whether all
 * of them are in use or the database is away: the pool's own message is the same for both.
 */
final class ReadingConnections extends HikariDataSource {
  /** What PostgreSQL itself says when it has no connection left. */
  private static final String TOO_MANY_CONNECTIONS = "53300";

  ReadingConnections(HikariConfig config) {
    super(config);
  }

  @Override
  public Connection getConnection() throws SQLException {
    try {
      return super.getConnection();
    } catch (SQLTransientConnectionException e) {
      // A pool whose database is away has none.
      if (getHikariPoolMXBean().getTotalConnections() > 0) {
        throw new SQLTransientException(
            "all "
                + getMaximumPoolSize()
                + " connections for answers were in use for "
                + getConnectionTimeout()
                + " ms",
            TOO_MANY_CONNECTIONS);
      }
      throw e;
    }
  }
}
