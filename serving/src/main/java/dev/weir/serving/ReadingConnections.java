package dev.weir.serving;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import org.postgresql.util.PSQLException;

/**
 * The connections that answers are read through. When none becomes free in time it says whether all
 * of them are in use or the database is away: the pool's own message is the same for both.
 */
final class ReadingConnections extends HikariDataSource {
  /** What PostgreSQL itself says when it has no connection left. */
  private static final String TOO_MANY_CONNECTIONS = "53300";

  /** Where PostgreSQL refuses a kept statement whose columns have other types now. */
  private static final String REFUSED_BY = "RevalidateCachedQuery";

  ReadingConnections(HikariConfig config) {
    super(openWhereOutdated(config));
  }

  /** The pool would close the connection under whoever is to roll back. */
  private static HikariConfig openWhereOutdated(HikariConfig config) {
    config.setExceptionOverride(
        new SQLExceptionOverride() {
          @java.lang.Override
          public SQLExceptionOverride.Override adjudicate(SQLException e) {
            return isOutdated(e)
                ? SQLExceptionOverride.Override.DO_NOT_EVICT
                : SQLExceptionOverride.Override.CONTINUE_EVICT;
          }
        });
    return config;
  }

  /** Whether a session keeps the statement with columns of other types than it has now. */
  static boolean isOutdated(SQLException e) {
    return e instanceof PSQLException told
        && told.getServerErrorMessage() != null
        && REFUSED_BY.equals(told.getServerErrorMessage().getRoutine());
  }

  /**
   * Has every session end, and with it the statements it keeps; those at work once they are done.
   */
  void renew() {
    getHikariPoolMXBean().softEvictConnections();
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
