package dev.weir.batch.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.db.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class DatabaseITCase {
  @Test
  void asksForDurableCommitsAndThatAVanishedMachineIsNoticed() throws SQLException {
    try (TestDatabase server = TestDatabase.empty()) {
      server.execute(
          "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off',"
              + " current_database()); END $$");
      // Without the settings that a data source writes into its URL.
      Database database =
          new Database(server.jdbcUrl().replaceFirst("\\?.*", ""), server.user(), "");
      try (Connection driver = database.connect();
          Connection task = database.connectTask(7)) {
        for (Connection connection : new Connection[] {driver, task}) {
          assertThat(show(connection, "synchronous_commit")).isEqualTo("on");
          assertThat(show(connection, "tcp_keepalives_idle")).isEqualTo("10");
          assertThat(show(connection, "tcp_keepalives_interval")).isEqualTo("5");
          assertThat(show(connection, "tcp_keepalives_count")).isEqualTo("3");
        }
      }
    }
  }

  private static String show(Connection connection, String setting) throws SQLException {
    try (Statement show = connection.createStatement();
        ResultSet row = show.executeQuery("SHOW " + setting)) {
      row.next();
      return row.getString(1);
    }
  }
}
