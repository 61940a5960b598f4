package dev.weir.local.sql;

import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.Endpoints;
import dev.weir.local.runtime.LocalRuntimeException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Connections to the serving database, read only, without auto-commit. */
public final class ServingDatabase {
  private ServingDatabase() {}

  public static Connection connect(DataDirectory data) {
    return connect(data.endpointsOfParts());
  }

  public static Connection connect(Endpoints endpoints) {
    try {
      Connection connection =
          DriverManager.getConnection(
              endpoints.jdbcUrl() + "?connectTimeout=5&ApplicationName=weir", endpoints.user(), "");
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      throw new LocalRuntimeException(
          "PostgreSQL does not answer at "
              + endpoints.jdbcUrl()
              + " ("
              + e.getMessage()
              + "). Is Weir running? weir status with the same --data tells.",
          e);
    }
  }
}
